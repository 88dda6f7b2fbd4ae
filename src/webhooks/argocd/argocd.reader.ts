import type { EventStatus } from '../../events/event.js';
import type { Instant } from '../../events/instant.js';
import { deployEvents } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

/** By the name that the template gives what happened. */
const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['deployed', 'success'],
  ['sync-running', 'in_progress'],
  ['sync-failed', 'failure'],
  ['health-degraded', 'failure'],
]);

/** A body as the template in doc/sources/argocd.md makes it. */
export function readArgocd(payload: Payload): Reading {
  const event = payload.at('event').text();
  const status = STATUSES.get(event);
  if (status === undefined) return { ignored: 'event_not_used' };
  const commit_id = commitOf(payload);
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const application = payload.at('application').text();
  const started_at = payload.at('started_at').time();
  const deployment = {
    pipeline_id: payload.at('pipeline').optionalText() ?? application,
    environment: payload.at('environment').optionalText() ?? payload.at('namespace').text(),
    commit_id,
    // Whatever is told of one sync is one deployment.
    deployment_id: `${application} ${started_at}`,
    url: payload.at('url').optionalText(),
  };
  return { events: deployEvents(deployment, { status, at: timeOf(payload, event, started_at), started_at }) };
}

/** An application of several sources has several revisions; the first is that of its first source. */
function commitOf(payload: Payload): string | undefined {
  const [first] = payload.at('revisions').optionalList();
  return payload.at('commit').optionalText() ?? payload.at('revision').optionalText() ?? first?.at().optionalText();
}

/** Older versions do not tell when the health changed: it was not before the sync was through. */
function timeOf(payload: Payload, event: string, started_at: Instant): Instant {
  if (event === 'sync-running') return started_at;
  const changed_at = event === 'health-degraded' ? payload.at('health_changed_at').optionalTime() : undefined;
  return changed_at ?? payload.at('finished_at').time();
}
