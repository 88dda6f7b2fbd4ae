import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import { goingOn, putOff } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { readApproval } from './approval.reader.js';
import { timeOf } from './gitlab-time.js';
import { identityOf } from './merge-request.js';
import { defaultBranchOf } from './project.js';

/**
 * A merge request submits its head commit for review, and approves what it is merged as. Between, it is reviewed, or its
 * review is put off as long as it is a draft again.
 */
export function readMergeRequest(payload: Payload, scope: Scope): Reading {
  switch (payload.at('object_attributes', 'action').optionalText()) {
    case 'open':
      return readSubmission(payload, 'created_at', payload.at('user', 'username').optionalText());
    case 'reopen':
      return readSubmission(payload, 'updated_at');
    case 'update':
      return readUpdate(payload);
    case 'approved':
    case 'approval':
      return readApproval(payload, 'success');
    case 'unapproved':
    case 'unapproval':
      return readApproval(payload, 'canceled');
    case 'merge':
      return readMerge(payload, scope);
    case 'close':
      return { ignored: 'closed_unmerged' };
    default:
      return { ignored: 'action_not_used' };
  }
}

/** Of all that can be changed of it, only whether it is a draft matters here. */
function readUpdate(payload: Payload): Reading {
  const draft = payload.at('changes', 'draft');
  const is_draft = draft.at('current').flag();
  if (is_draft === draft.at('previous').flag()) return { ignored: 'action_not_used' };
  return is_draft
    ? putOff(identityOf(payload), timeOf(payload.at('object_attributes', 'updated_at')))
    : goingOn(readSubmission(payload, 'updated_at'));
}

/** @param author only who opens a merge request is told by name; who reopens it need not be its author */
function readSubmission(payload: Payload, time: 'created_at' | 'updated_at', author?: string): Reading {
  const merge_request = payload.at('object_attributes');
  // `work_in_progress` is what GitLab called it before.
  if (['draft', 'work_in_progress'].some((name) => merge_request.at(name).flag())) return { ignored: 'draft' };
  const event = {
    ...identityOf(payload),
    type: 'submit' as const,
    commit_id: merge_request.at('last_commit', 'id').text(),
    author,
    timestamp: timeOf(merge_request.at(time)),
  };
  return { events: [event] };
}

function readMerge(payload: Payload, scope: Scope): Reading {
  const merge_request = payload.at('object_attributes');
  if (merge_request.at('target_branch').text() !== defaultBranchOf(payload, scope))
    return { ignored: 'not_default_branch' };
  const event = {
    ...identityOf(payload),
    type: 'approve' as const,
    // A fast-forward makes no merge commit: the head itself landed, or what it was squashed to, where GitLab tells that.
    commit_id:
      merge_request.at('merge_commit_sha').optionalText() ??
      merge_request.at('squash_commit_sha').optionalText() ??
      merge_request.at('last_commit', 'id').text(),
    ...scope.reworkOf(merge_request.at('source_branch').optionalText(), payload.at('labels').textsAt('title')),
    timestamp: timeOf(merge_request.at('updated_at')),
  };
  return { events: [event] };
}
