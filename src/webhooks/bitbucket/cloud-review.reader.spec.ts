import { aCloudReview, ada } from '../../../test/support/bitbucket-cloud-payloads.js';
import { at } from '../../../test/support/github-payloads.js';
import { UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import type { Headers } from '../webhook-source.js';
import { readBitbucket } from './bitbucket.reader.js';

function read(event_name: string, payload: unknown, headers: Headers = {}) {
  return readBitbucket({ event_name, payload: new Payload(payload), headers }, UNSCOPED);
}

const precise = (time: string, fraction: string) => at(time).replace('Z', `.${fraction}+00:00`);

describe('a review of Bitbucket Cloud', () => {
  it('is one for each reviewer, at the time of what they say; what the author says is none', () => {
    for (const [event, verdict, status] of [
      ['approved', 'approval', 'success'],
      ['changes_request_created', 'changes_request', 'failure'],
    ] as const) {
      expect(read(`pullrequest:${event}`, aCloudReview(verdict))).toEqual({
        events: [
          {
            type: 'review',
            pipeline_id: 'acme/shop',
            status,
            pull_request_id: 7,
            review_id: 'user-{b2}',
            author: 'grace',
            url: 'https://bitbucket.org/acme/shop/pull-requests/7',
            timestamp: precise('10:00', '260699'),
          },
        ],
      });
      expect(read(`pullrequest:${event}`, aCloudReview(verdict, { user: ada }))).toEqual({ ignored: 'own_review' });
    }
  });

  it('is taken back at the time of the event, for the date is still that of the review', () => {
    for (const [event, verdict] of [
      ['unapproved', 'approval'],
      ['changes_request_removed', 'changes_request'],
    ] as const) {
      const removal = aCloudReview(verdict, { date: '10:00', updated: '10:30' });
      const canceled = { type: 'review', status: 'canceled', review_id: 'user-{b2}' };
      const headers = { 'x-event-time': '2026-03-02T10:31:00.500000Z' };
      expect(read(`pullrequest:${event}`, removal, headers)).toMatchObject({
        events: [{ ...canceled, timestamp: '2026-03-02T10:31:00.500Z' }],
      });
      expect(read(`pullrequest:${event}`, removal)).toMatchObject({
        events: [{ ...canceled, timestamp: precise('10:30', '633443') }],
      });
    }
  });
});
