import { Payload } from '../../webhooks/payload.js';
import type { ImportItem } from '../import-item.js';
import type { Raw } from './github-api.js';
import type { GithubRepository } from './github-repository.js';
import type { IssueEvent } from './issue-events.js';

/** GitHub lists the reviews of one pull request at a time. */
export async function* readReviews(
  repository: GithubRepository,
  pull_request: Raw,
  events: readonly IssueEvent[],
): AsyncGenerator<ImportItem> {
  const number = new Payload(pull_request).at('number').integer();
  for await (const review of repository.api.list(`/pulls/${number}/reviews`)) {
    for (const payload of reviewPayloads(pull_request, review, events)) {
      yield* repository.translated(`pull request ${number}`, 'pull_request_review', payload);
    }
  }
}

/**
 * What the webhook has told, or would have told, of a review. The REST API writes states in capitals, lists those that
 * are being written, and of one that was dismissed only the event of that knows what it had been.
 */
export function reviewPayloads(pull_request: Raw, review: Raw, events: readonly IssueEvent[]): Raw[] {
  const dismissal = events.find(({ kind, review_id }) => kind === 'review_dismissed' && review_id === review['id']);
  const state = (dismissal?.review_state ?? new Payload(review).at('state').text()).toLowerCase();
  if (state === 'pending') return [];
  const submitted = { action: 'submitted', pull_request, review: { ...review, state } };
  if (dismissal === undefined) return [submitted];
  return [submitted, { action: 'dismissed', pull_request: { ...pull_request, updated_at: dismissal.at }, review }];
}
