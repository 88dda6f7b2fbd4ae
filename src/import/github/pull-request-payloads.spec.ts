import { pullRequestPayloads } from './pull-request-payloads.js';

const OPEN = { number: 7, state: 'open', draft: false, created_at: '09:00', merged_at: null };
const happened = (...events: [Parameters<typeof pullRequestPayloads>[1][number]['kind'], string][]) =>
  events.map(([kind, at]) => ({ kind, at }));
const told = (...args: Parameters<typeof pullRequestPayloads>) =>
  pullRequestPayloads(...args).map(({ action, pull_request }) => [action, pull_request]);

describe('what the webhook would have told of a pull request', () => {
  it('is its opening, as what it is', () => {
    expect(told(OPEN, [])).toEqual([['opened', OPEN]]);
    expect(told({ ...OPEN, draft: true }, [])).toEqual([['opened', { ...OPEN, draft: true }]]);
  });

  it('is that it began as a draft and was made ready, and when', () => {
    expect(told(OPEN, happened(['ready_for_review', '10:00']))).toEqual([
      ['opened', { ...OPEN, draft: true }],
      ['ready_for_review', { ...OPEN, updated_at: '10:00' }],
    ]);
  });

  it('is that it was no draft at first, though it is one now', () => {
    expect(told({ ...OPEN, draft: true }, happened(['convert_to_draft', '10:00']))).toEqual([
      ['opened', OPEN],
      ['converted_to_draft', { ...OPEN, draft: true, updated_at: '10:00' }],
    ]);
  });

  it('is that it was reopened, as a draft if it was one then', () => {
    const events = happened(
      ['closed', '10:00'],
      ['convert_to_draft', '10:30'],
      ['reopened', '11:00'],
      ['ready_for_review', '12:00'],
    );
    expect(told(OPEN, events)).toEqual([
      ['opened', OPEN],
      ['converted_to_draft', { ...OPEN, draft: true, updated_at: '10:30' }],
      ['reopened', { ...OPEN, draft: true, updated_at: '11:00' }],
      ['ready_for_review', { ...OPEN, updated_at: '12:00' }],
    ]);
  });

  it('is that it was closed, merged or not', () => {
    const closed = { ...OPEN, state: 'closed' };
    expect(told(closed, []).at(-1)).toEqual(['closed', { ...closed, merged: false }]);
    const merged = { ...closed, merged_at: '12:00' };
    expect(told(merged, []).at(-1)).toEqual(['closed', { ...merged, merged: true }]);
  });
});
