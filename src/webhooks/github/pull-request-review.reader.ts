import type { EventStatus } from '../../events/event.js';
import type { Payload } from '../payload.js';
import { reviewed } from '../review-events.js';
import type { Reading } from '../webhook-source.js';

const STATES: ReadonlyMap<string, EventStatus> = new Map([
  ['approved', 'success'],
  ['changes_requested', 'failure'],
  ['commented', 'in_progress'],
]);

/** A review, or that it was dismissed. Answering in one's own pull request makes a review too, which is nobody's. */
export function readPullRequestReview(payload: Payload, pipeline_id: string): Reading {
  const action = payload.at('action').text();
  if (action !== 'submitted' && action !== 'dismissed') return { ignored: 'action_not_used' };
  const review = payload.at('review');
  const pull_request = payload.at('pull_request');
  const author = review.at('user', 'login').optionalText();
  if (author !== undefined && author === pull_request.at('user', 'login').optionalText())
    return { ignored: 'own_review' };
  const dismissed = action === 'dismissed';
  const status = dismissed ? 'canceled' : STATES.get(review.at('state').text());
  if (status === undefined) return { ignored: 'state_not_used' };
  return reviewed(
    { pipeline_id, pull_request_id: pull_request.at('number').integer(), url: review.at('html_url').optionalText() },
    {
      status,
      review_id: String(review.at('id').integer()),
      commit_id: review.at('commit_id').optionalText(),
      author,
      // A dismissal has no time of its own, but it is the latest thing that happened.
      timestamp: dismissed ? pull_request.at('updated_at').time() : review.at('submitted_at').time(),
    },
  );
}
