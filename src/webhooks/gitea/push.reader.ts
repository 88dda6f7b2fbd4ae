import { commitEvents } from '../../events/commit-events.js';
import type { Scope } from '../../scope/scope.js';
import { parentsByBranch } from '../parents-by-branch.js';
import type { Payload } from '../payload.js';
import { listedCommit } from '../listed-commit.js';
import type { Reading } from '../webhook-source.js';
import { defaultBranchOf, pipelineOf } from './repository.js';

const BRANCH = 'refs/heads/';

/** A push tells its commits, and that they landed if it is one to the default branch. */
export function readPush(payload: Payload, scope: Scope): Reading {
  const ref = payload.at('ref').text();
  if (ref.startsWith('refs/tags/')) return { ignored: 'tag' };
  if (!ref.startsWith(BRANCH)) return { ignored: 'not_a_branch' };
  const commits = commitsOf(payload);
  if (commits.length === 0) return { ignored: 'no_commits' };
  const head = payload.at('after').text();
  // The time of the push is not told. It was no earlier than its head, and a merge by Gitea is made and pushed at once.
  const pushed_at = (commits.find((one) => one.at('id').text() === head) ?? payload.at('head_commit'))
    .at('timestamp')
    .time();
  const landed = ref === BRANCH + defaultBranchOf(payload, scope);
  const parents = parentsOf(payload, commits, landed);
  const landing = landed ? { head, at: pushed_at } : undefined;
  const told = commits.map((commit) => listedCommit(commit, parents, landing?.head));
  return { events: told.flatMap((commit) => commitEvents(pipelineOf(payload), commit, pushed_at, landing)) };
}

/** The newest of them, as many as the instance is configured to list; the head is given besides. */
function commitsOf(payload: Payload): Payload[] {
  const commits = payload.at('commits').optionalList();
  const head = payload.at('head_commit');
  const id = head.at('id').optionalText();
  const missing = commits.length > 0 && id !== undefined && commits.every((one) => one.at('id').text() !== id);
  return missing ? [head, ...commits] : commits;
}

/** How many Gitea lists before it tells how many there are. */
const MOST_LISTED = 5;

function parentsOf(payload: Payload, commits: readonly Payload[], to_default_branch: boolean): Map<string, string[]> {
  const total = payload.at('total_commits').optionalInteger();
  return parentsByBranch({
    commits: commits.map((commit) => ({
      id: commit.at('id').text(),
      is_merge: /^merge\b/i.test(commit.at('message').optionalText() ?? ''),
    })),
    complete: total === undefined ? commits.length < MOST_LISTED : total === commits.length,
    head: payload.at('after').text(),
    before: payload.at('before').text(),
    to_default_branch,
  });
}
