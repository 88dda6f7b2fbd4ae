import type { EventBody } from '../../events/event.js';
import { parseInstant, refuseInstant } from '../../events/instant.js';
import { parentChunks } from '../../events/parent-chunks.js';
import { MalformedPayload, type Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { parentsInPush } from './push-parents.js';
import { defaultBranchOf } from './repository.js';

const BRANCH = 'refs/heads/';

/** A push tells its commits, and that they landed if it is one to the default branch. */
export function readPush(payload: Payload, pipeline_id: string): Reading {
  const ref = payload.at('ref').text();
  if (ref.startsWith('refs/tags/')) return { ignored: 'tag' };
  if (!ref.startsWith(BRANCH)) return { ignored: 'not_a_branch' };
  if (payload.at('deleted').flag()) return { ignored: 'branch_deleted' };
  const commits = commitsOf(payload);
  if (commits.length === 0) return { ignored: 'no_commits' };
  const pushed_at = pushedAt(payload);
  const landed = ref === BRANCH + defaultBranchOf(payload);
  const landing = landed ? { landed_at: pushed_at, landed_head: payload.at('after').text() } : {};
  const parents = parentsInPush(payload, commits);
  const events = commits.flatMap((commit) => {
    const event = { ...readCommit(commit, pushed_at), pipeline_id, ...landing };
    return parentChunks(parents.get(commit.at('id').text()) ?? []).map((some) => ({ ...event, ...some }));
  });
  return { events };
}

/** Of very many commits GitHub lists a part; the head, which all others lead to, is always given. */
function commitsOf(payload: Payload): Payload[] {
  const commits = payload.at('commits').list();
  const after = payload.at('after').text();
  const head = payload.at('head_commit');
  const missing =
    commits.length > 0 &&
    head.at('id').optionalText() === after &&
    commits.every((one) => one.at('id').text() !== after);
  return missing ? [...commits, head] : commits;
}

function readCommit(commit: Payload, pushed_at: string | number): Omit<EventBody, 'pipeline_id'> {
  return {
    type: 'commit',
    commit_id: commit.at('id').text(),
    author: commit.at('author', 'username').optionalText() ?? commit.at('author', 'name').optionalText(),
    url: commit.at('url').optionalText(),
    timestamp: committedAt(commit, pushed_at),
  };
}

/** A commit's time is that of the clock it was made with. One that cannot be is replaced by the push: no later than that. */
function committedAt(commit: Payload, pushed_at: string | number): string | number {
  const told = commit.at('timestamp').time();
  const time = parseInstant(told);
  const possible = typeof time === 'number' && refuseInstant(time, Number(parseInstant(pushed_at))) === null;
  return possible ? told : pushed_at;
}

/** In a push it comes in seconds, elsewhere as text; without it, the head commit is the best that the payload tells. */
function pushedAt(payload: Payload): string | number {
  const pushed =
    payload.at('repository', 'pushed_at').optionalTime() ?? payload.at('head_commit', 'timestamp').optionalTime();
  if (pushed === undefined || typeof parseInstant(pushed) === 'string') {
    throw new MalformedPayload('/repository/pushed_at', 'must be a time');
  }
  return pushed;
}
