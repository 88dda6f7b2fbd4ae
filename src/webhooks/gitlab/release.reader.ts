import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { timeOf } from './gitlab-time.js';
import { pipelineOf } from './project.js';

/** A release deploys where a rule says so of its tag. */
export function readRelease(payload: Payload, scope: Scope): Reading {
  if (payload.at('action').optionalText() !== 'create') return { ignored: 'action_not_used' };
  const repository = pipelineOf(payload);
  const name = payload.at('tag').text();
  const destination = scope.deploysTo({ source: 'gitlab', event: 'release', repository, name });
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  const event = {
    type: 'deploy' as const,
    pipeline_id: repository,
    status: 'success' as const,
    ...destination,
    commit_id: payload.at('commit', 'id').text(),
    deployment_id: `release-${payload.at('id').integer()}`,
    url: payload.at('url').optionalText(),
    timestamp: timeOf(payload.at('released_at'), payload.at('created_at')),
  };
  return { events: [event] };
}
