import { commitEvents } from '../../events/commit-events.js';
import { type Instant, parseInstant } from '../../events/instant.js';
import type { Scope } from '../../scope/scope.js';
import { MalformedPayload, type Payload } from '../payload.js';
import { listedCommit } from '../listed-commit.js';
import type { Reading } from '../webhook-source.js';
import { parentsInPush } from './push-parents.js';
import { defaultBranchOf } from './repository.js';

const BRANCH = 'refs/heads/';

/** A push tells its commits, and that they landed if it is one to the default branch. */
export function readPush(payload: Payload, pipeline_id: string, scope: Scope): Reading {
  const ref = payload.at('ref').text();
  if (ref.startsWith('refs/tags/')) return { ignored: 'tag' };
  if (!ref.startsWith(BRANCH)) return { ignored: 'not_a_branch' };
  if (payload.at('deleted').flag()) return { ignored: 'branch_deleted' };
  const commits = commitsOf(payload);
  if (commits.length === 0) return { ignored: 'no_commits' };
  const pushed_at = pushedAt(payload);
  const landing =
    ref === BRANCH + defaultBranchOf(payload, scope) ? { head: payload.at('after').text(), at: pushed_at } : undefined;
  const parents = parentsInPush(payload, commits);
  const told = commits.map((commit) => listedCommit(commit, parents, landing?.head));
  return { events: told.flatMap((commit) => commitEvents(pipeline_id, commit, pushed_at, landing)) };
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

/** In a push it comes in seconds, elsewhere as text; without it, the head commit is the best that the payload tells. */
function pushedAt(payload: Payload): Instant {
  const pushed =
    payload.at('repository', 'pushed_at').optionalTime() ?? payload.at('head_commit', 'timestamp').optionalTime();
  if (pushed === undefined || typeof parseInstant(pushed) === 'string') {
    throw new MalformedPayload('/repository/pushed_at', 'must be a time');
  }
  return pushed;
}
