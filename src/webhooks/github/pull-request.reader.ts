import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import { goingOn, putOff } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { defaultBranchOf } from './repository.js';

/**
 * A pull request submits its head commit for review, and approves what it is merged as. Between, its review is put off
 * as long as it is a draft again.
 */
export function readPullRequest(payload: Payload, pipeline_id: string, scope: Scope): Reading {
  switch (payload.at('action').text()) {
    case 'opened':
      return readSubmission(payload, pipeline_id, 'created_at');
    case 'reopened':
      // This happens after the pull request was created, and has no time of its own; nor have the next two.
      return readSubmission(payload, pipeline_id, 'updated_at');
    case 'ready_for_review':
      return goingOn(readSubmission(payload, pipeline_id, 'updated_at'));
    case 'converted_to_draft':
      return readConversion(payload, pipeline_id);
    case 'closed':
      return readClosing(payload, pipeline_id, scope);
    default:
      return { ignored: 'action_not_used' };
  }
}

/** A draft asks nobody for a review yet: it is submitted once it is ready for one. */
function readSubmission(payload: Payload, pipeline_id: string, time: 'created_at' | 'updated_at'): Reading {
  const pull_request = payload.at('pull_request');
  if (pull_request.at('draft').flag()) return { ignored: 'draft' };
  const event = {
    ...identityOf(pull_request, pipeline_id),
    type: 'submit' as const,
    commit_id: pull_request.at('head', 'sha').text(),
    author: pull_request.at('user', 'login').optionalText(),
    timestamp: pull_request.at(time).time(),
  };
  return { events: [event] };
}

/** One that is told late may be ready again by now: then that is what its payload tells the time of. */
function readConversion(payload: Payload, pipeline_id: string): Reading {
  const pull_request = payload.at('pull_request');
  if (!pull_request.at('draft').flag()) return { ignored: 'no_draft' };
  return putOff(identityOf(pull_request, pipeline_id), pull_request.at('updated_at').time());
}

function readClosing(payload: Payload, pipeline_id: string, scope: Scope): Reading {
  const pull_request = payload.at('pull_request');
  if (!pull_request.at('merged').flag()) return { ignored: 'closed_unmerged' };
  if (pull_request.at('base', 'ref').text() !== defaultBranchOf(payload, scope))
    return { ignored: 'not_default_branch' };
  const event = {
    ...identityOf(pull_request, pipeline_id),
    type: 'approve' as const,
    // Trusted only now that it is merged: before, it names a trial merge.
    commit_id: pull_request.at('merge_commit_sha').text(),
    ...scope.reworkOf(pull_request.at('head', 'ref').optionalText(), pull_request.at('labels').textsAt('name')),
    timestamp: pull_request.at('merged_at').time(),
  };
  return { events: [event] };
}

function identityOf(pull_request: Payload, pipeline_id: string) {
  return {
    pipeline_id,
    pull_request_id: pull_request.at('number').integer(),
    url: pull_request.at('html_url').optionalText(),
  };
}
