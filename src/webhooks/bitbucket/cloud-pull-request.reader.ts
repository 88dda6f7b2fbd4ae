import type { Scope } from '../../scope/scope.js';
import { isCommitSha } from '../commit-sha.js';
import { isDefaultBranch } from '../default-branch.js';
import type { Payload } from '../payload.js';
import { afterChange } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { authorOf } from './cloud-author.js';
import { identityOf } from './cloud-pull-request.js';

/** An update does not tell what it changed: it submits too, and the earliest one counts. */
export function readUpdate(payload: Payload): Reading {
  const updated_on = payload.at('pullrequest', 'updated_on').time();
  return afterChange(readSubmission(payload, 'updated_on'), identityOf(payload), updated_on);
}

/** A pull request submits its head commit, by the abbreviated id that Bitbucket gives. */
export function readSubmission(payload: Payload, time: 'created_on' | 'updated_on'): Reading {
  const pull_request = payload.at('pullrequest');
  if (['MERGED', 'DECLINED', 'SUPERSEDED'].includes(pull_request.at('state').optionalText() ?? ''))
    return { ignored: 'not_open' };
  if (pull_request.at('draft').flag()) return { ignored: 'draft' };
  const event = {
    ...identityOf(payload),
    type: 'submit' as const,
    commit_id: pull_request.at('source', 'commit', 'hash').text(),
    author: authorOf(pull_request.at('author')),
    timestamp: pull_request.at(time).time(),
  };
  return { events: [event] };
}

/** Approves what it is merged as, if that is told in full: an abbreviated commit would wait for its deployment for good. */
export function readFulfilment(payload: Payload, scope: Scope): Reading {
  const pull_request = payload.at('pullrequest');
  const identity = identityOf(payload);
  const branch = pull_request.at('destination', 'branch', 'name').text();
  if (!isDefaultBranch(scope, { repository: identity.pipeline_id, branch })) return { ignored: 'not_default_branch' };
  const commit_id = pull_request.at('merge_commit', 'hash').text();
  if (!isCommitSha(commit_id)) return { ignored: 'abbreviated_commit' };
  const event = {
    ...identity,
    type: 'approve' as const,
    commit_id,
    ...scope.reworkOf(pull_request.at('source', 'branch', 'name').optionalText()),
    timestamp: pull_request.at('updated_on').time(),
  };
  return { events: [event] };
}
