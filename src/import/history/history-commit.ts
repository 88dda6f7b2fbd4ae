import type { ToldCommit } from '../../events/commit-events.js';

/** A commit among others of its history. */
export interface HistoryCommit extends ToldCommit {
  /** Of its parents, the one on which the default branch had been, should this be a commit of it. */
  trunk: string | undefined;
}

/**
 * The first parent is where the branch had been, unless the default branch was merged into what then became the default
 * branch: as by `git pull` before a push.
 */
export function trunkOf(parents: readonly string[], message: string, default_branch: string): string | undefined {
  const [, merged] = /^Merge (?:remote-tracking )?branch '(?:origin\/)?([^']+)'/.exec(message) ?? [];
  return merged === default_branch ? (parents[1] ?? parents[0]) : parents[0];
}
