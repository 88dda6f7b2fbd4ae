import type { EventBody } from '../../events/event.js';
import { parseInstant } from '../../events/instant.js';
import { parentChunks } from '../../events/parent-chunks.js';
import { type HistoryCommit, type Instant, isPossible } from './history-commit.js';
import type { Landing } from './landings.js';

export function commitEvents(pipeline_id: string, commit: HistoryCommit, landing: Landing | undefined): EventBody[] {
  const event: EventBody = {
    type: 'commit',
    pipeline_id,
    commit_id: commit.sha,
    ...(commit.author ? { author: commit.author } : {}),
    ...(commit.url ? { url: commit.url } : {}),
    timestamp: possibleTime(commit, landing),
    ...(landing ? { landed_at: landing.at, landed_head: landing.head } : {}),
  };
  return parentChunks(commit.parents).map((some) => ({ ...event, ...some }));
}

/** A commit's time is that of the clock it was made with. One that cannot be is replaced by the landing: no later than that. */
function possibleTime({ committed_at }: HistoryCommit, landing: Landing | undefined): Instant {
  if (landing === undefined) return committed_at;
  return isPossible(committed_at, Number(parseInstant(landing.at))) ? committed_at : landing.at;
}
