import { reviewPayloads } from './github-reviews.js';

const PULL_REQUEST = { number: 7, updated_at: '15:00' };
const review = (state: string) => ({ id: 80, state, submitted_at: '10:00' });

describe('what the webhook would have told of a review', () => {
  it('is that it was submitted, in small letters', () => {
    for (const state of ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED']) {
      const told = { ...review(state), state: state.toLowerCase() };
      expect(reviewPayloads(PULL_REQUEST, review(state), [])).toEqual([
        { action: 'submitted', pull_request: PULL_REQUEST, review: told },
      ]);
    }
  });

  it('is nothing as long as it is written', () => {
    expect(reviewPayloads(PULL_REQUEST, review('PENDING'), [])).toEqual([]);
  });

  it('is what it had been, and when it was dismissed', () => {
    const events = [
      { kind: 'review_dismissed' as const, at: '10:30', review_id: 79, review_state: 'changes_requested' },
      { kind: 'review_dismissed' as const, at: '11:00', review_id: 80, review_state: 'approved' },
    ];
    const dismissed = review('DISMISSED');
    expect(reviewPayloads(PULL_REQUEST, dismissed, events)).toEqual([
      { action: 'submitted', pull_request: PULL_REQUEST, review: { ...dismissed, state: 'approved' } },
      { action: 'dismissed', pull_request: { ...PULL_REQUEST, updated_at: '11:00' }, review: dismissed },
    ]);
  });
});
