import type { Scope } from '../../scope/scope.js';
import { type IncidentChange, incidentEvents } from '../incident-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { timeOf } from './gitlab-time.js';
import { pipelineOf } from './project.js';

const ACTIONS: ReadonlySet<string> = new Set(['open', 'close', 'reopen', 'update']);

/** An issue is an incident by its type or by one of its labels, also if it gets that later. */
export function readIssue(payload: Payload, scope: Scope): Reading {
  const issue = payload.at('object_attributes');
  const action = issue.at('action').optionalText() ?? '';
  if (!ACTIONS.has(action)) return { ignored: 'action_not_used' };
  const changes = changesOf(payload, action, scope);
  if (changes.length === 0) return { ignored: 'not_an_incident' };
  const incident = {
    incident_id: `issue-${issue.at('iid').integer()}`,
    pipelines: [pipelineOf(payload)],
    labels: payload.at('labels').textsAt('title'),
    url: issue.at('url').optionalText(),
  };
  return { events: incidentEvents(incident, changes) };
}

/** Whatever happens to it, it tells when it began, and when it ended if it did: what was told before changes nothing. */
function changesOf(payload: Payload, action: string, scope: Scope): IncidentChange[] {
  const issue = payload.at('object_attributes');
  const isIncident = issue.at('type').optionalText() === 'Incident' || hasLabel(payload.at('labels'), scope);
  if (!isIncident) {
    const was = hasLabel(payload.at('changes', 'labels', 'previous'), scope);
    return was ? [{ status: 'success', at: timeOf(issue.at('updated_at')) }] : [];
  }
  const changes: IncidentChange[] = [{ status: 'failure', at: timeOf(issue.at('created_at')) }];
  if (action === 'reopen') changes.push({ status: 'failure', at: timeOf(issue.at('updated_at')) });
  if (issue.at('state').optionalText() === 'closed')
    changes.push({ status: 'success', at: timeOf(issue.at('closed_at'), issue.at('updated_at')) });
  return changes;
}

function hasLabel(labels: Payload, scope: Scope): boolean {
  return scope.isIncident(labels.textsAt('title'));
}
