import type { EventBody } from '../events/event.js';
import type { Instant } from '../events/instant.js';
import type { Reading } from './webhook-source.js';

/** A pull request, as whatever happens to it names it. */
export type ToldPullRequest = Pick<EventBody, 'pipeline_id' | 'url'> & { pull_request_id: number };

/** What somebody said in a review, or took back. */
type ToldReview = Required<Pick<EventBody, 'status' | 'timestamp'>> &
  Pick<EventBody, 'commit_id' | 'author'> & {
    /** The host's id of it, or `reviewOf` who gives it. */
    review_id: string;
  };

export function reviewed(pull_request: ToldPullRequest, review: ToldReview): Reading {
  return { events: [{ ...pull_request, type: 'review', ...review }] };
}

/** Of a host that gives reviews no ids: everybody has one of a pull request, and changes it. */
export function reviewOf(person: string | number): string {
  return `user-${person}`;
}

/** The review of the pull request as a whole is put off: it is a draft. */
export function putOff(pull_request: ToldPullRequest, timestamp: Instant): Reading {
  return { events: [{ ...pull_request, type: 'review', status: 'canceled', timestamp }] };
}

/** A submission of what may have been a draft: its review begins; or it goes on, if it had begun before. */
export function goingOn(submission: Reading): Reading {
  if (!('events' in submission)) return submission;
  const going_on = submission.events.map(({ pipeline_id, pull_request_id, url, timestamp }) => ({
    type: 'review' as const,
    pipeline_id,
    status: 'in_progress' as const,
    pull_request_id,
    url,
    timestamp,
  }));
  return { events: [...submission.events, ...going_on] };
}

/**
 * What a change of a pull request tells, where it does not tell what it changed: that it is a draft, or none. Saying so
 * of one that was so before changes nothing.
 *
 * @param submission of it as it is now, ignored as a `draft`
 */
export function afterChange(submission: Reading, pull_request: ToldPullRequest, timestamp: Instant): Reading {
  return submission.ignored === 'draft' ? putOff(pull_request, timestamp) : goingOn(submission);
}
