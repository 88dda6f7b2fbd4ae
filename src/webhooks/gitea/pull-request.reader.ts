import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import { afterChange } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { identityOf } from './pull-request.js';
import { defaultBranchOf } from './repository.js';

/** A pull request submits its head commit for review, and approves what it is merged as. */
export function readPullRequest(payload: Payload, scope: Scope): Reading {
  switch (payload.at('action').text()) {
    case 'opened':
      return readSubmission(payload, 'created_at');
    case 'reopened':
      return readSubmission(payload, 'updated_at');
    case 'edited':
      return readEdit(payload);
    case 'closed':
      return readClosing(payload, scope);
    default:
      return { ignored: 'action_not_used' };
  }
}

/**
 * A draft is made ready, and a draft again, by a change of its title; whether the former one made it a draft is for its
 * instance to know. Of several submissions the earliest counts.
 */
function readEdit(payload: Payload): Reading {
  const submission = readSubmission(payload, 'updated_at');
  if (!payload.at('changes', 'title').isGiven()) return submission;
  return afterChange(submission, identityOf(payload), payload.at('pull_request', 'updated_at').time());
}

function readSubmission(payload: Payload, time: 'created_at' | 'updated_at'): Reading {
  const pull_request = payload.at('pull_request');
  if (pull_request.at('state').optionalText() === 'closed') return { ignored: 'not_open' };
  if (isDraft(pull_request)) return { ignored: 'draft' };
  const event = {
    ...identityOf(payload),
    type: 'submit' as const,
    commit_id: pull_request.at('head', 'sha').text(),
    author: pull_request.at('user', 'login').optionalText(),
    timestamp: pull_request.at(time).time(),
  };
  return { events: [event] };
}

/** By its title, as both make it one unless they are configured otherwise; the flag came later. */
function isDraft(pull_request: Payload): boolean {
  return pull_request.at('draft').flag() || /^(wip:|\[wip\])/i.test(pull_request.at('title').optionalText() ?? '');
}

function readClosing(payload: Payload, scope: Scope): Reading {
  const pull_request = payload.at('pull_request');
  if (!pull_request.at('merged').flag()) return { ignored: 'closed_unmerged' };
  if (pull_request.at('base', 'ref').text() !== defaultBranchOf(payload, scope))
    return { ignored: 'not_default_branch' };
  const event = {
    ...identityOf(payload),
    type: 'approve' as const,
    commit_id: pull_request.at('merge_commit_sha').text(),
    // `ref` names the branch too, but only as long as there is one.
    ...scope.reworkOf(pull_request.at('head', 'label').optionalText(), pull_request.at('labels').textsAt('name')),
    timestamp: pull_request.at('merged_at').time(),
  };
  return { events: [event] };
}
