import type { Telling } from '../../events/telling.js';
import { Payload } from '../../webhooks/payload.js';
import type { Raw } from './github-api.js';
import type { IssueEvent } from './issue-events.js';

/** An issue is an incident from its opening to its closing; reopened, it broke again. */
export function incidentEvents(issue: Raw, events: readonly IssueEvent[], pipeline_id: string): Telling[] {
  const read = new Payload(issue);
  const url = read.at('html_url').optionalText();
  const labels = read.at('labels').textsAt('name');
  const event = (status: 'failure' | 'success', timestamp: string): Telling => ({
    type: 'incident_status_change',
    pipeline_id,
    incident_id: `issue-${read.at('number').integer()}`,
    status,
    ...(url ? { url } : {}),
    labels,
    timestamp,
  });
  const closed_at = read.at('closed_at').optionalText();
  const closings = new Set(events.filter(({ kind }) => kind === 'closed').map(({ at }) => at));
  if (closed_at !== undefined) closings.add(closed_at);
  return [
    event('failure', read.at('created_at').text()),
    ...[...closings].map((at) => event('success', at)),
    ...events.filter(({ kind }) => kind === 'reopened').map(({ at }) => event('failure', at)),
  ];
}
