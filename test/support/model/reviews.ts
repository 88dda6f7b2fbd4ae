import type { Approved } from './commits.js';
import { byTime, grouped, least, timeOf } from './event.js';
import type { ModelEvent, Time } from './event.js';

/** What approves: that a pull request is merged, or its last approving review before that. */
export type Approval = 'merge' | 'review';

export type Span = [from: Time, to: Time];

export interface Reviews {
  first_review_at: Time | null;
  first_approval_at: Time | null;
  review_approved_at: Time | null;
  draft_spans: Span[];
}

/** What is said of a commit by the reviews of the pull requests that it was approved by. */
export function reviewsOf(pullRequests: Approved[], events: ModelEvent[], bots: RegExp, approval: Approval): Reviews {
  const all = pullRequests.map((pullRequest) => {
    const told = events.filter(
      (event) => event.type === 'review' && event.pull_request_id === pullRequest.pull_request_id,
    );
    const reviews = grouped(told.filter(isOfReview), reviewOf).map(([, own]) =>
      own.filter((event) => !isByBot(event, bots)),
    );
    return {
      first_review_at: least(reviews.map((own) => first(own, 'success', 'failure', 'in_progress'))),
      first_approval_at: least(reviews.map((own) => first(own, 'success'))),
      approved_at: latest(reviews.map((own) => standing(own, pullRequest.at))),
      draft_spans: draftsOf(told),
    };
  });
  return {
    first_review_at: least(all.map((one) => one.first_review_at)),
    first_approval_at: least(all.map((one) => one.first_approval_at)),
    review_approved_at: approval === 'review' ? least(all.map((one) => one.approved_at)) : null,
    draft_spans: all.flatMap((one) => one.draft_spans),
  };
}

function latest(times: (Time | null)[]): Time | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** How much of the time from one instant to another lies in any of the spans, in milliseconds. */
export function timeIn(spans: Span[], from: Time, to: Time): number {
  let [sum, done] = [0, from];
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    const [begin, stop] = [Math.max(start, done), Math.min(end, to)];
    if (stop <= begin) continue;
    sum += stop - begin;
    done = stop;
  }
  return sum;
}

/** Without an id, a comment and a dismissal are about the review of the pull request as a whole. */
function isOfReview({ review_id, status }: ModelEvent): boolean {
  return review_id !== undefined || status === 'success' || status === 'failure';
}

function reviewOf({ review_id, id }: ModelEvent): string {
  return review_id === undefined ? `event ${id}` : `review ${review_id}`;
}

function isByBot({ author }: ModelEvent, bots: RegExp): boolean {
  return author !== undefined && bots.test(author);
}

function first(events: ModelEvent[], ...statuses: string[]): Time | null {
  return least(events.filter(({ status }) => statuses.includes(status!)).map((event) => timeOf(event)));
}

/** Since when a review has approved what was merged; null if it did not, or did no more. */
function standing(review: ModelEvent[], merged: Time): Time | null {
  const decided = review.filter((event) => event.status !== 'in_progress' && timeOf(event) <= merged).toSorted(byTime);
  const last = decided.at(-1);
  return last?.status === 'success' ? timeOf(last) : null;
}

function draftsOf(told: ModelEvent[]): Span[] {
  const phases = told.filter((event) => !isOfReview(event)).toSorted(byTime);
  return phases.flatMap((phase, index): Span[] => {
    const next = phases[index + 1];
    return phase.status === 'canceled' ? [[timeOf(phase), next === undefined ? Infinity : timeOf(next)]] : [];
  });
}
