import type { Scope } from '../../scope/scope.js';
import { type IncidentChange, incidentEvents, openedAndResolved } from '../incident-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './repository.js';

const ACTIONS: ReadonlySet<string> = new Set([
  'opened',
  'closed',
  'reopened',
  'edited',
  'label_updated',
  'label_cleared',
]);

/** An issue is an incident by one of its labels, also if it gets that later. */
export function readIssue(payload: Payload, scope: Scope): Reading {
  const action = payload.at('action').text();
  if (!ACTIONS.has(action)) return { ignored: 'action_not_used' };
  const issue = payload.at('issue');
  const changes = changesOf(issue, action, scope);
  if (changes.length === 0) return { ignored: 'not_an_incident' };
  const incident = {
    pipelines: [pipelineOf(payload)],
    labels: issue.at('labels').textsAt('name'),
    incident_id: `issue-${issue.at('number').integer()}`,
    url: issue.at('html_url').optionalText(),
  };
  return { events: incidentEvents(incident, changes) };
}

/** Whatever happens to it, all that is known of it is told: what was told before changes nothing. */
function changesOf(issue: Payload, action: string, scope: Scope): IncidentChange[] {
  const labels = issue.at('labels').textsAt('name');
  const relabelled = action.startsWith('label_');
  // Which label is gone is not told. With the last one gone it is no incident; if it never was, its end shows nothing.
  if (relabelled && labels.length === 0) return openedAndResolved([], secondBefore(issue.at('updated_at').moment()));
  if (!scope.isIncident(labels)) return [];
  const closed_at = issue.at('state').optionalText() === 'closed' ? issue.at('closed_at').time() : undefined;
  const again = action === 'reopened' || (relabelled && closed_at === undefined);
  return openedAndResolved(
    [issue.at('created_at').time(), again ? issue.at('updated_at').time() : undefined],
    closed_at,
  );
}

/** Labels that are exchanged come in one second, and Gitea tells no less: the beginning by the new one has to be the later. */
function secondBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1000).toISOString();
}
