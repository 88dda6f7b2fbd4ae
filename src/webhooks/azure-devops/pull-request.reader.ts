import type { Instant } from '../../events/instant.js';
import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import { afterChange, type ToldPullRequest } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { branchOf, isOnDefaultBranch, pipelineOf } from './repository.js';

/** A pull request submits its head commit while it is active, and approves what it is completed as. */
export function readPullRequest(payload: Payload, scope: Scope): Reading {
  switch (payload.at('resource', 'status').text()) {
    case 'active':
      return readActive(payload);
    case 'completed':
      return readCompletion(payload.at('resource'), scope);
    case 'abandoned':
      return { ignored: 'closed_unmerged' };
    default:
      return { ignored: 'state_not_used' };
  }
}

/**
 * An update does not tell what it changed, so neither who voted: all votes are in it, without their times. It submits too,
 * and the earliest one counts.
 */
function readActive(payload: Payload): Reading {
  const pull_request = payload.at('resource');
  switch (payload.at('eventType').text()) {
    case 'git.pullrequest.merged':
      // A merge is tried time and again before there is one.
      return { ignored: 'trial_merge' };
    case 'git.pullrequest.created':
      return readSubmission(pull_request, pull_request.at('creationDate').time());
    default: {
      const told_at = payload.at('createdDate').time();
      return afterChange(readSubmission(pull_request, told_at), identityOf(pull_request), told_at);
    }
  }
}

function readSubmission(pull_request: Payload, timestamp: Instant): Reading {
  if (pull_request.at('isDraft').flag()) return { ignored: 'draft' };
  const event = {
    ...identityOf(pull_request),
    type: 'submit' as const,
    commit_id: pull_request.at('lastMergeSourceCommit', 'commitId').text(),
    author: pull_request.at('createdBy', 'displayName').optionalText(),
    timestamp,
  };
  return { events: [event] };
}

function readCompletion(pull_request: Payload, scope: Scope): Reading {
  const target = pull_request.at('targetRefName').text();
  if (!isOnDefaultBranch(pull_request.at('repository'), target, scope)) return { ignored: 'not_default_branch' };
  const event = {
    ...identityOf(pull_request),
    type: 'approve' as const,
    commit_id: pull_request.at('lastMergeCommit', 'commitId').text(),
    ...scope.reworkOf(
      branchOf(pull_request.at('sourceRefName').optionalText() ?? ''),
      pull_request.at('labels').textsAt('name'),
    ),
    timestamp: pull_request.at('closedDate').time(),
  };
  return { events: [event] };
}

function identityOf(pull_request: Payload): ToldPullRequest {
  const repository = pull_request.at('repository');
  const number = pull_request.at('pullRequestId').integer();
  const page = repository.at('webUrl').optionalText() ?? repository.at('remoteUrl').optionalText();
  return {
    pipeline_id: pipelineOf(repository),
    pull_request_id: number,
    ...(page ? { url: `${page}/pullrequest/${number}` } : {}),
  };
}
