import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';

/** A project as a pipeline: `acme/shop`, with all of its groups. */
export function pipelineOf(payload: Payload): string {
  return payload.at('project', 'path_with_namespace').text();
}

/** Empty while a project has none: pushed to was a branch that its HEAD does not name. */
export function defaultBranchOf(payload: Payload, scope: Scope): string {
  return scope.defaultBranchOf(pipelineOf(payload), payload.at('project', 'default_branch').optionalText() ?? '');
}
