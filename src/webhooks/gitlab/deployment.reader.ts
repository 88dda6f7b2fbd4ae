import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { MalformedPayload, type Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { timeOf } from './gitlab-time.js';
import { pipelineOf } from './project.js';

const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'canceled'],
  ['running', 'in_progress'],
  ['created', 'in_progress'],
  ['blocked', 'in_progress'],
]);

/** Each status of a deployment is a deploy event; all of them are one deployment by its id. It needs no rule to be one. */
export function readDeployment(payload: Payload, scope: Scope): Reading {
  const status = STATUSES.get(payload.at('status').text());
  if (status === undefined) return { ignored: 'state_not_used' };
  const commit_id = commitOf(payload);
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const branch = payload.at('ref').optionalText();
  const repository = pipelineOf(payload);
  const environment = payload.at('environment').text();
  const told = { source: 'gitlab', event: 'deployment', repository, name: environment, branch };
  const event = {
    type: 'deploy' as const,
    pipeline_id: repository,
    status,
    ...(scope.deploysTo(told) ?? { environment }),
    commit_id,
    deployment_id: String(payload.at('deployment_id').integer()),
    ...scope.reworkOf(branch),
    url: payload.at('deployable_url').optionalText(),
    timestamp: timeOf(payload.at('status_changed_at')),
  };
  return { events: [event] };
}

/** The commit is told by its link only, `short_sha` being cut; there is none once the commit is gone from the project. */
function commitOf(payload: Payload): string | undefined {
  const url = payload.at('commit_url').optionalText();
  if (url === undefined) return undefined;
  const [, sha] = /\/commit\/([0-9a-f]{40}|[0-9a-f]{64})$/.exec(url) ?? [];
  if (sha === undefined) throw new MalformedPayload('/commit_url', 'must end in the full id of a commit');
  return sha;
}
