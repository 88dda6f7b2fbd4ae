import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';

/** A repository as a pipeline: `acme/shop`. */
export function pipelineOf(payload: Payload): string {
  return payload.at('repository', 'full_name').text();
}

export function defaultBranchOf(payload: Payload, scope: Scope): string {
  return scope.defaultBranchOf(pipelineOf(payload), payload.at('repository', 'default_branch').text());
}
