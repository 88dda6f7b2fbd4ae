import type { Scope } from '../scope/scope.js';

/** A branch of a repository, and what the repository tells of its default branch. */
interface TargetBranch {
  repository: string;
  branch: string;
  told?: string | undefined;
}

/** Whether it is the default branch; where that is not told it is the one of the usual name, unless a rule names another. */
export function isDefaultBranch(scope: Scope, { repository, branch, told }: TargetBranch): boolean {
  const usual = branch === 'master' ? 'master' : 'main';
  return scope.defaultBranchOf(repository, told ?? usual) === branch;
}
