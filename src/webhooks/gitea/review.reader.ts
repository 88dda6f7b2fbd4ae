import type { EventStatus } from '../../events/event.js';
import type { Payload } from '../payload.js';
import { reviewed, reviewOf } from '../review-events.js';
import type { Reading } from '../webhook-source.js';
import { identityOf } from './pull-request.js';

/**
 * A review, by its sender. It has neither an id nor a time of its own; the pull request changes with it. Authors may
 * comment in their own pull requests only, which is nobody's review.
 */
export function readReview(payload: Payload, status: EventStatus): Reading {
  if (payload.at('action').text() !== 'reviewed') return { ignored: 'action_not_used' };
  const pull_request = payload.at('pull_request');
  const person = payload.at('sender');
  const id = person.at('id').integer();
  if (id === pull_request.at('user', 'id').optionalInteger()) return { ignored: 'own_review' };
  return reviewed(identityOf(payload), {
    status,
    review_id: reviewOf(id),
    author: person.at('login').optionalText(),
    timestamp: pull_request.at('updated_at').time(),
  });
}
