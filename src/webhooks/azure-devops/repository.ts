import type { Scope } from '../../scope/scope.js';
import { isDefaultBranch } from '../default-branch.js';
import type { Payload } from '../payload.js';

/** A repository as a pipeline, with its project: `Shop/web`. */
export function pipelineOf(repository: Payload): string {
  return `${repository.at('project', 'name').text()}/${repository.at('name').text()}`;
}

/** `main` of `refs/heads/main`. */
export function branchOf(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}

/** An empty repository has no default branch to tell. */
export function isOnDefaultBranch(repository: Payload, ref: string, scope: Scope): boolean {
  const told = repository.at('defaultBranch').optionalText();
  return isDefaultBranch(scope, {
    repository: pipelineOf(repository),
    branch: branchOf(ref),
    told: told === undefined ? undefined : branchOf(told),
  });
}
