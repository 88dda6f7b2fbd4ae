import { type Instant, possibleTime } from './instant.js';
import { parentChunks } from './parent-chunks.js';
import type { Telling } from './telling.js';

/** A commit as its senders know it. */
export interface ToldCommit {
  sha: string;
  parents: readonly string[];
  /** By the clock that it was made with. */
  committed_at: Instant;
  author?: string | undefined;
  url?: string | undefined;
  /** The commits that it takes back. */
  reverts?: string[];
  /** Those that it changes by itself; absent: they are not known. */
  files?: readonly string[] | undefined;
}

/** When and with which commit at its head something reached the default branch. */
export interface Landing {
  head: string;
  at: Instant;
}

/**
 * What a sender tells of a commit: several events where one cannot hold all of its parents.
 *
 * @param latest when something happened that the commit was made before: stands in for a time that cannot be
 */
export function commitEvents(
  pipeline_id: string,
  { sha, parents, committed_at, author, url, reverts, files }: ToldCommit,
  latest: Instant,
  landing?: Landing,
): Telling[] {
  const event: Telling = {
    type: 'commit',
    pipeline_id,
    commit_id: sha,
    ...(author ? { author } : {}),
    ...(url ? { url } : {}),
    ...(reverts ? { reverts } : {}),
    timestamp: possibleTime(committed_at, latest),
    ...(landing ? { landed_at: landing.at, landed_head: landing.head } : {}),
    ...(files ? { files } : {}),
  };
  return parentChunks(parents).map((some) => ({ ...event, ...some }));
}
