import type { Payload } from '../payload.js';
import { reviewed, reviewOf } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { timeOf } from './gitlab-time.js';
import { identityOf } from './merge-request.js';

/**
 * Somebody approves of the merge request, or does so no more. Whether that was all that it takes to merge (`approved`, not
 * `approval`) makes no difference. Of approvals that a push resets it is not told whose they were.
 */
export function readApproval(payload: Payload, status: 'success' | 'canceled'): Reading {
  const merge_request = payload.at('object_attributes');
  if (merge_request.at('system').flag()) return { ignored: 'approvals_reset' };
  const person = payload.at('user');
  const id = person.at('id').optionalInteger();
  if (id !== undefined && id === merge_request.at('author_id').optionalInteger()) return { ignored: 'own_review' };
  return reviewed(identityOf(payload), {
    status,
    // Older versions tell no id.
    review_id: reviewOf(id ?? person.at('username').text()),
    commit_id: merge_request.at('last_commit', 'id').optionalText(),
    author: person.at('username').optionalText(),
    timestamp: timeOf(merge_request.at('updated_at')),
  });
}
