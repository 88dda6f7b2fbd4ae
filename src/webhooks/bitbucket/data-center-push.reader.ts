import { commitEvents, type ToldCommit } from '../../events/commit-events.js';
import type { Instant } from '../../events/instant.js';
import { revertsOf } from '../../events/reverts.js';
import type { Scope } from '../../scope/scope.js';
import { isDefaultBranch } from '../default-branch.js';
import type { Payload } from '../payload.js';
import { joined } from '../readings.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf, timeOf } from './data-center.js';
import { parentsOf } from './listed-parents.js';

/** A push tells the commits of the branch that it changed; of several branches, which are not told apart, their heads. */
export function readRefsChanged(payload: Payload, scope: Scope): Reading {
  const changes = payload.at('changes').list();
  const listed = changes.length === 1 ? payload.at('commits').optionalList() : [];
  return joined(changes.map((change) => readChange(payload, change, listed, scope)));
}

function readChange(payload: Payload, change: Payload, listed: readonly Payload[], scope: Scope): Reading {
  if (change.at('ref', 'type').text() === 'TAG') return { ignored: 'tag' };
  const type = change.at('type').text();
  if (type === 'DELETE') return { ignored: 'branch_deleted' };
  // A branch may be made of what was there before.
  if (type === 'ADD' && listed.length === 0) return { ignored: 'no_commits' };
  const pipeline_id = pipelineOf(payload.at('repository'));
  const branch = change.at('ref', 'displayId').text();
  const landed = isDefaultBranch(scope, { repository: pipeline_id, branch });
  const pushed_at = timeOf(payload.at('date'));
  const head = change.at('toHash').text();
  // It is not told whether a push was forced: the default branch hardly ever is.
  const base = landed && type === 'UPDATE' ? [change.at('fromHash').text()] : [];
  const commits = commitsOf(listed, { head, base, pushed_at });
  const landing = landed ? { head, at: pushed_at } : undefined;
  return { events: commits.flatMap((commit) => commitEvents(pipeline_id, commit, pushed_at, landing)) };
}

/** Older versions list no commits: all that is known is the head, and that it was committed before the push. */
function commitsOf(
  listed: readonly Payload[],
  { head, base, pushed_at }: { head: string; base: readonly string[]; pushed_at: Instant },
): ToldCommit[] {
  const commits = listed.map((commit) => ({
    id: commit.at('id').text(),
    parents: commit
      .at('parents')
      .optionalList()
      .map((parent) => parent.at('id').text()),
    committed_at: commit.at('committerTimestamp').epochTime(),
    author: commit.at('author', 'name').optionalText(),
    ...revertsOf(commit.at('message').optionalText()),
  }));
  const parents = parentsOf(commits, head, base);
  const told = commits.map(({ id, ...commit }) => ({ ...commit, sha: id, parents: parents.get(id) ?? [] }));
  if (told.some(({ sha }) => sha === head)) return told;
  return [{ sha: head, parents: parents.get(head) ?? [], committed_at: pushed_at }, ...told];
}
