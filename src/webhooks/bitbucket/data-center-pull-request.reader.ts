import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { isDefaultBranch } from '../default-branch.js';
import type { Payload } from '../payload.js';
import { afterChange, reviewed, reviewOf, type ToldPullRequest } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf, timeOf } from './data-center.js';

/** A change does not tell what it changed: it submits too, and the earliest one counts. */
export function readChange(payload: Payload): Reading {
  const pull_request = payload.at('pullRequest');
  const updated_at = pull_request.at('updatedDate').epochTime();
  return afterChange(readOpening(payload, 'updatedDate'), identityOf(pull_request), updated_at);
}

/** A pull request submits its head commit. */
export function readOpening(payload: Payload, time: 'createdDate' | 'updatedDate'): Reading {
  const pull_request = payload.at('pullRequest');
  if (['MERGED', 'DECLINED'].includes(pull_request.at('state').optionalText() ?? '')) return { ignored: 'not_open' };
  if (pull_request.at('draft').flag()) return { ignored: 'draft' };
  const event = {
    ...identityOf(pull_request),
    type: 'submit' as const,
    commit_id: pull_request.at('fromRef', 'latestCommit').text(),
    author: pull_request.at('author', 'user', 'name').optionalText(),
    timestamp: pull_request.at(time).epochTime(),
  };
  return { events: [event] };
}

/** What a reviewer says; authors are no reviewers of what is theirs. The pull request itself does not change with it. */
export function readReview(payload: Payload, status: EventStatus): Reading {
  const participant = payload.at('participant');
  return reviewed(identityOf(payload.at('pullRequest')), {
    status,
    review_id: reviewOf(participant.at('user', 'id').integer()),
    commit_id: participant.at('lastReviewedCommit').optionalText(),
    author: participant.at('user', 'name').optionalText(),
    timestamp: timeOf(payload.at('date')),
  });
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

function identityOf(pull_request: Payload): ToldPullRequest {
  return {
    pipeline_id: pipelineOf(pull_request.at('toRef', 'repository')),
    pull_request_id: pull_request.at('id').integer(),
    url: pull_request.at('links', 'self').optionalList()[0]?.at('href').optionalText(),
  };
}
