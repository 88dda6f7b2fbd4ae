import { commitEvents, type ToldCommit } from '../../events/commit-events.js';
import { revertsOf } from '../../events/reverts.js';
import type { Scope } from '../../scope/scope.js';
import { isNothing, parentsByBranch } from '../parents-by-branch.js';
import type { Payload } from '../payload.js';
import { joined } from '../readings.js';
import type { Reading } from '../webhook-source.js';
import { isOnDefaultBranch, pipelineOf } from './repository.js';

/** A push tells the commits of the branch that it changed; of several branches, which are not told apart, their heads. */
export function readPush(payload: Payload, scope: Scope): Reading {
  const push = payload.at('resource');
  const updates = push.at('refUpdates').list();
  return joined(updates.map((update) => readUpdate(push, update, updates.length === 1, scope)));
}

function readUpdate(push: Payload, update: Payload, alone: boolean, scope: Scope): Reading {
  const ref = update.at('name').text();
  if (ref.startsWith('refs/tags/')) return { ignored: 'tag' };
  if (!ref.startsWith('refs/heads/')) return { ignored: 'not_a_branch' };
  const head = update.at('newObjectId').text();
  if (isNothing(head)) return { ignored: 'branch_deleted' };
  const listed = push.at('commits').optionalList();
  const commits = alone ? listed : listed.filter((one) => one.at('commitId').text() === head);
  if (commits.length === 0) return { ignored: 'no_commits' };
  const landed = isOnDefaultBranch(push.at('repository'), ref, scope);
  const pushed_at = push.at('date').time();
  const parents = parentsOf(update, commits, landed);
  const told = commits.map((commit) => readCommit(commit, parents));
  const pipeline_id = pipelineOf(push.at('repository'));
  const landing = landed ? { head, at: pushed_at } : undefined;
  return { events: told.flatMap((commit) => commitEvents(pipeline_id, commit, pushed_at, landing)) };
}

/** How many there are is not told: what is listed is taken for all. */
function parentsOf(update: Payload, commits: readonly Payload[], to_default_branch: boolean): Map<string, string[]> {
  return parentsByBranch({
    commits: commits.map((commit) => ({
      id: commit.at('commitId').text(),
      is_merge: /^merged?\b/i.test(commit.at('comment').optionalText() ?? ''),
    })),
    complete: true,
    head: update.at('newObjectId').text(),
    before: update.at('oldObjectId').text(),
    to_default_branch,
  });
}

function readCommit(commit: Payload, parents: ReadonlyMap<string, string[]>): ToldCommit {
  const sha = commit.at('commitId').text();
  return {
    sha,
    parents: parents.get(sha) ?? [],
    committed_at: commit.at('committer', 'date').optionalTime() ?? commit.at('author', 'date').time(),
    author: commit.at('author', 'name').optionalText(),
    url: commit.at('url').optionalText(),
    ...revertsOf(commit.at('comment').optionalText()),
  };
}
