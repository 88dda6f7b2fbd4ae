import type { Scope } from '../../scope/scope.js';
import { isDefaultBranch } from '../default-branch.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './data-center.js';

/**
 * A pull request submits its head commit. A change to it submits too, so that a draft is submitted by the one that makes
 * it ready. The earliest one counts.
 */
export function readOpening(payload: Payload, time: 'createdDate' | 'updatedDate'): Reading {
  const pull_request = payload.at('pullRequest');
  if (pull_request.at('draft').flag()) return { ignored: 'draft' };
  if (['MERGED', 'DECLINED'].includes(pull_request.at('state').optionalText() ?? '')) return { ignored: 'not_open' };
  const event = {
    ...identityOf(pull_request),
    type: 'submit' as const,
    commit_id: pull_request.at('fromRef', 'latestCommit').text(),
    author: pull_request.at('author', 'user', 'name').optionalText(),
    timestamp: pull_request.at(time).epochTime(),
  };
  return { events: [event] };
}

export function readMerge(payload: Payload, scope: Scope): Reading {
  const pull_request = payload.at('pullRequest');
  const identity = identityOf(pull_request);
  const branch = pull_request.at('toRef', 'displayId').text();
  if (!isDefaultBranch(scope, { repository: identity.pipeline_id, branch })) return { ignored: 'not_default_branch' };
  const event = {
    ...identity,
    type: 'approve' as const,
    // Without a merge commit it was fast-forwarded: what it was merged as is its own head.
    commit_id:
      pull_request.at('properties', 'mergeCommit', 'id').optionalText() ??
      pull_request.at('fromRef', 'latestCommit').text(),
    ...scope.reworkOf(pull_request.at('fromRef', 'displayId').optionalText()),
    timestamp: pull_request.at('closedDate').epochTime(),
  };
  return { events: [event] };
}

function identityOf(pull_request: Payload) {
  return {
    pipeline_id: pipelineOf(pull_request.at('toRef', 'repository')),
    pull_request_id: pull_request.at('id').integer(),
    url: pull_request.at('links', 'self').optionalList()[0]?.at('href').optionalText(),
  };
}
