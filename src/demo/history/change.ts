import type { Random } from './random.js';
import type { Merging } from './profile.js';
import type { Story } from './story.js';

interface Commit {
  id: string;
  at: number;
  parents: string[];
}

/** One change on its way to the default branch. */
export interface Change {
  merging: Merging;
  author: string;
  /** Null: it goes there without one. */
  pull_request_id: number | null;
  commits: Commit[];
  story: Story;
}

/** What a change does to the default branch: commits that land, in order; the last is the new head. */
export function landing(change: Change, at: number, before: string, random: Random): Commit[] {
  const { commits, merging } = change;
  const head = commits.at(-1)?.id ?? before;
  switch (merging) {
    case 'squash':
      return [{ id: random.sha(), at, parents: [before] }];
    case 'rebase':
      return chained(
        commits.map(() => ({ id: random.sha(), at })),
        before,
      );
    case 'merge':
      return [...commits, { id: random.sha(), at, parents: [before, head] }];
    case 'direct':
      return chained(commits, before);
    default:
      return commits;
  }
}

function chained(commits: Omit<Commit, 'parents'>[], before: string): Commit[] {
  return commits.map((commit, index) => ({ ...commit, parents: [commits[index - 1]?.id ?? before] }));
}
