import type { Scope } from '../../scope/scope.js';
import { incidentEvents, openedAndResolved } from '../incident-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './repository.js';

const ACTIONS: ReadonlySet<string> = new Set(['opened', 'closed', 'reopened', 'edited', 'label_updated']);

/** An issue is an incident by one of its labels, also if it gets that later. */
export function readIssue(payload: Payload, scope: Scope): Reading {
  const action = payload.at('action').text();
  if (!ACTIONS.has(action)) return { ignored: 'action_not_used' };
  const issue = payload.at('issue');
  const labels = issue
    .at('labels')
    .optionalList()
    .map((label) => label.at('name').optionalText() ?? '');
  if (!scope.isIncident(labels)) return { ignored: 'not_an_incident' };
  const incident = {
    pipelines: [pipelineOf(payload)],
    labels,
    incident_id: `issue-${issue.at('number').integer()}`,
    url: issue.at('html_url').optionalText(),
  };
  // Whatever happens to it, all that is known of it is told: what was told before changes nothing.
  const reopened_at = action === 'reopened' ? issue.at('updated_at').time() : undefined;
  const closed_at = issue.at('state').optionalText() === 'closed' ? issue.at('closed_at').time() : undefined;
  const changes = openedAndResolved([issue.at('created_at').time(), reopened_at], closed_at);
  return { events: incidentEvents(incident, changes) };
}
