import { commitEvents, type ToldCommit } from '../../events/commit-events.js';
import type { EventBody } from '../../events/event.js';
import { type Instant, possibleTime } from '../../events/instant.js';
import { revertsOf } from '../../events/reverts.js';
import type { Scope } from '../../scope/scope.js';
import { isDefaultBranch } from '../default-branch.js';
import type { Payload } from '../payload.js';
import { joined } from '../readings.js';
import { type Delivery, headerOf, type Reading } from '../webhook-source.js';
import { authorOf } from './cloud-author.js';
import { parentsOf } from './listed-parents.js';

/** A push tells the commits of each branch that it changed, and that they landed if that is the default branch. */
export function readPush({ payload, headers }: Delivery, scope: Scope): Reading {
  const sent_at = Date.parse(headerOf(headers, 'x-event-time') ?? '');
  const changes = payload.at('push', 'changes').list();
  return joined(changes.map((change) => readChange(payload.at('repository'), change, sent_at, scope)));
}

/** @param sent_at in milliseconds; NaN if that is not told: no time of the push is among the payload's */
function readChange(repository: Payload, change: Payload, sent_at: number, scope: Scope): Reading {
  const [now, before] = [change.at('new'), change.at('old')];
  if ((now.at('type').optionalText() ?? before.at('type').text()) === 'tag') return { ignored: 'tag' };
  const branch = now.at('name').optionalText();
  if (branch === undefined) return { ignored: 'branch_deleted' };
  const commits = change.at('commits').optionalList();
  if (commits.length === 0) return { ignored: 'no_commits' };
  const head = now.at('target');
  const pushed_at = Number.isNaN(sent_at) ? head.at('date').time() : Math.floor(sent_at / 1000);
  const pipeline_id = repository.at('full_name').text();
  const landed = isDefaultBranch(scope, { repository: pipeline_id, branch });
  const landing = landed ? { head: head.at('hash').text(), at: pushed_at } : undefined;
  const told = commitsOf(change, commits, pushed_at);
  const events = told.flatMap((commit) => commitEvents(pipeline_id, commit, pushed_at, landing));
  return { events: [...events, ...(landed ? approvalOf(repository, head, pushed_at, scope) : [])] };
}

function commitsOf(change: Payload, listed: readonly Payload[], pushed_at: Instant): ToldCommit[] {
  const head = change.at('new', 'target');
  const head_sha = head.at('hash').text();
  const all = listed.some((one) => one.at('hash').text() === head_sha) ? listed : [head, ...listed];
  const commits = all.map((commit) => ({
    id: commit.at('hash').text(),
    parents: commit
      .at('parents')
      .optionalList()
      .map((parent) => parent.at('hash').text()),
    committed_at: commit.at('date').optionalTime() ?? pushed_at,
    author: authorOf(commit.at('author')),
    url: commit.at('links', 'html', 'href').optionalText(),
    ...revertsOf(commit.at('message').optionalText()),
  }));
  const before = change.at('old', 'target', 'hash').optionalText();
  const base = before === undefined || change.at('forced').flag() ? [] : [before];
  const parents = parentsOf(commits, head_sha, base);
  return commits.map(({ id, ...commit }) => ({ ...commit, sha: id, parents: parents.get(id) ?? [] }));
}

/**
 * What tells of a pull request abbreviates its commits. The push that a merge makes has the full id, and the message that
 * Bitbucket proposes for it names the branch and the pull request.
 */
function approvalOf(repository: Payload, head: Payload, pushed_at: Instant, scope: Scope): EventBody[] {
  const message = head.at('message').optionalText() ?? '';
  const [, branch, number] = /^Merged in (.+) \(pull request #([1-9]\d{0,8})\)/.exec(message) ?? [];
  if (number === undefined) return [];
  const page = repository.at('links', 'html', 'href').optionalText();
  const approval = {
    type: 'approve' as const,
    pipeline_id: repository.at('full_name').text(),
    commit_id: head.at('hash').text(),
    pull_request_id: Number(number),
    ...scope.reworkOf(branch),
    ...(page ? { url: `${page}/pull-requests/${number}` } : {}),
    timestamp: possibleTime(head.at('date').time(), pushed_at),
  };
  return [approval];
}
