import type { Git } from '../../git/git.js';
import { type GitCommit, readLog } from '../../git/git-log.js';
import { type HistoryCommit, trunkOf } from '../history/history-commit.js';
import { pullRequestNumber } from './pull-request-number.js';

export interface CloneCommit extends HistoryCommit {
  committed_at: number;
  pull_request_id: number | undefined;
}

/** Every commit that the given ones contain, by id: of each what its message says, not the message. */
export async function readCommits(
  git: Git,
  tips: readonly string[],
  default_branch: string,
): Promise<Map<string, CloneCommit>> {
  const commits = new Map<string, CloneCommit>();
  for await (const commit of readLog(git, [], tips)) commits.set(commit.sha, commitOf(commit, default_branch));
  return commits;
}

function commitOf({ message, ...commit }: GitCommit, default_branch: string): CloneCommit {
  const trunk = trunkOf(commit.parents, message, default_branch);
  return { ...commit, trunk, pull_request_id: pullRequestNumber(message) };
}
