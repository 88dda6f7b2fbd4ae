import type { EventBody } from '../events/event.js';
import { refuseInstant } from '../events/instant.js';
import { parentChunks } from '../events/parent-chunks.js';
import type { GitCommit } from './repository.js';

const LONGEST_AUTHOR = 200;

/** Events, and what their sender should know. */
export interface Told {
  events: EventBody[];
  notes: string[];
}

/** Commits as events. One whose clock was wrong gets the time of its deployment (`at`, milliseconds): no later than that. */
export function commitEvents(
  { pipeline_id, at }: { pipeline_id: string; at: number },
  commits: readonly GitCommit[],
): Told {
  const impossible = new Set(commits.filter(({ committed }) => refuseInstant(committed * 1000, at) !== null));
  const events = commits.flatMap((commit) => {
    const author = Array.from(commit.author).slice(0, LONGEST_AUTHOR).join('');
    const event: EventBody = {
      type: 'commit',
      pipeline_id,
      commit_id: commit.sha,
      timestamp: new Date(impossible.has(commit) ? at : commit.committed * 1000).toISOString(),
      ...(author === '' ? {} : { author }),
    };
    return parentChunks(commit.parents).map((some) => ({ ...event, ...some }));
  });
  const [one] = impossible;
  if (one === undefined) return { events, notes: [] };
  const note =
    `${impossible.size} commits have a time before 2000 or in the future (${one.sha} is one): ` +
    'the time of the deployment stands in';
  return { events, notes: [note] };
}
