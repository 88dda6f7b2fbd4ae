import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './repository.js';

const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'failure'],
  ['in_progress', 'in_progress'],
  ['pending', 'in_progress'],
  ['queued', 'in_progress'],
  ['waiting', 'in_progress'],
]);

/** Each status of a deployment is a deploy event; all of them are one deployment by its id. It needs no rule to be one. */
export function readDeploymentStatus(payload: Payload, pipeline_id: string, scope: Scope): Reading {
  const state = payload.at('deployment_status', 'state').text();
  // GitHub calls a deployment inactive once a later one took its place: nothing happened to it.
  if (state === 'inactive') return { ignored: 'inactive' };
  const status = STATUSES.get(state);
  if (status === undefined) return { ignored: 'state_not_used' };
  // The deployment's own environment: the same for all of its statuses.
  const environment = payload.at('deployment', 'environment').text();
  const branch = payload.at('deployment', 'ref').optionalText();
  const repository = pipelineOf(payload, 'full_name');
  const told = { source: 'github', event: 'deployment_status', repository, name: environment, branch };
  const event = {
    type: 'deploy' as const,
    pipeline_id,
    status,
    ...(scope.deploysTo(told) ?? { environment }),
    commit_id: payload.at('deployment', 'sha').text(),
    deployment_id: String(payload.at('deployment', 'id').integer()),
    ...scope.reworkOf(branch),
    url: urlOf(payload.at('deployment_status')),
    timestamp: payload.at('deployment_status', 'created_at').time(),
  };
  return { events: [event] };
}

function urlOf(deployment_status: Payload): string | undefined {
  return deployment_status.at('target_url').optionalText() ?? deployment_status.at('log_url').optionalText();
}
