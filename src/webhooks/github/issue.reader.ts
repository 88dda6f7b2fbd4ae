import type { Scope } from '../../scope/scope.js';
import { incidentEvents, openedAndResolved } from '../incident-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

const ACTIONS: ReadonlySet<string> = new Set(['opened', 'closed', 'reopened', 'edited', 'labeled', 'unlabeled']);

/**
 * An issue with the label of an incident is one, from its own beginning, also if it was labeled later. Whatever happens
 * to it, all that is known of it is told: what was told before changes nothing. Without the label it is none any more, and
 * nobody would tell of its end.
 */
export function readIssue(payload: Payload, pipeline_id: string, scope: Scope): Reading {
  const action = payload.at('action').text();
  if (!ACTIONS.has(action)) return { ignored: 'action_not_used' };
  const issue = payload.at('issue');
  const labels = issue.at('labels').textsAt('name');
  const decisive = scope.isIncident([payload.at('label', 'name').optionalText() ?? '']);
  const ends = action === 'unlabeled' && decisive;
  if (!scope.isIncident(labels) && !ends) return { ignored: 'not_an_incident' };
  const incident = {
    pipelines: [pipeline_id],
    labels,
    incident_id: `issue-${issue.at('number').integer()}`,
    url: issue.at('html_url').optionalText(),
  };
  // It may have had the label before, and lost it.
  const reopens = action === 'reopened' || (action === 'labeled' && decisive && closingOf(issue) === undefined);
  const reopened_at = reopens ? issue.at('updated_at').time() : undefined;
  const resolved_at = scope.isIncident(labels) ? closingOf(issue) : issue.at('updated_at').time();
  const changes = openedAndResolved([issue.at('created_at').time(), reopened_at], resolved_at);
  return { events: incidentEvents(incident, changes) };
}

function closingOf(issue: Payload): string | number | undefined {
  return issue.at('state').optionalText() === 'closed' ? issue.at('closed_at').time() : undefined;
}
