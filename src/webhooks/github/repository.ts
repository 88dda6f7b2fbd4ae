import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';

/** What a repository is called as a pipeline: `acme/shop`, or `shop`. */
export type PipelineNaming = 'full_name' | 'name';

export function pipelineOf(payload: Payload, naming: PipelineNaming): string {
  return payload.at('repository', naming).text();
}

export function defaultBranchOf(payload: Payload, scope: Scope): string {
  const told = payload.at('repository', 'default_branch').text();
  return scope.defaultBranchOf(pipelineOf(payload, 'full_name'), told);
}
