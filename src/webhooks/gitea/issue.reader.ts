import type { EventBody } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
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
    type: 'incident_status_change' as const,
    pipeline_id: pipelineOf(payload),
    incident_id: `issue-${issue.at('number').integer()}`,
    url: issue.at('html_url').optionalText(),
  };
  return { events: changesOf(issue, action).map((change) => ({ ...incident, ...change })) };
}

/** Whatever happens to it, it tells when it began, and when it ended if it did: what was told before changes nothing. */
function changesOf(issue: Payload, action: string): Pick<EventBody, 'status' | 'timestamp'>[] {
  const changes: Pick<EventBody, 'status' | 'timestamp'>[] = [
    { status: 'failure', timestamp: issue.at('created_at').time() },
  ];
  if (action === 'reopened') changes.push({ status: 'failure', timestamp: issue.at('updated_at').time() });
  if (issue.at('state').optionalText() === 'closed') {
    changes.push({ status: 'success', timestamp: issue.at('closed_at').time() });
  }
  return changes;
}
