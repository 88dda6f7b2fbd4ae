import { parseInstant, refuseInstant } from '../../events/instant.js';

/** A time as an event tells it: seconds since 1970, or RFC 3339. */
export type Instant = number | string;

/** A commit as git knows it. */
export interface HistoryCommit {
  sha: string;
  parents: string[];
  /** Of these, the one on which the default branch had been, should this be a commit of it. */
  trunk: string | undefined;
  committed_at: Instant;
  author: string | undefined;
  url: string | undefined;
}

/**
 * The first parent is where the branch had been, unless the default branch was merged into what then became the default
 * branch: as by `git pull` before a push.
 */
export function trunkOf(parents: readonly string[], message: string, default_branch: string): string | undefined {
  const [, merged] = /^Merge (?:remote-tracking )?branch '(?:origin\/)?([^']+)'/.exec(message) ?? [];
  return merged === default_branch ? (parents[1] ?? parents[0]) : parents[0];
}

/** Whether the contract takes it as a time of something that happened, `now` at the latest (milliseconds since 1970). */
export function isPossible(time: Instant, now = Date.now()): boolean {
  const read = parseInstant(time);
  return typeof read === 'number' && refuseInstant(read, now) === null;
}
