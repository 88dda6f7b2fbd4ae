import {
  aRefsChange,
  aServerChange,
  aServerCommit,
  aServerPullRequest,
  aServerReview,
} from '../../../test/support/bitbucket-data-center-payloads.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import type { EventBody } from '../../events/event.js';
import { UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readBitbucket } from './bitbucket.reader.js';

function read(event_name: string, payload: unknown) {
  return readBitbucket({ event_name, payload: new Payload(payload), headers: {} }, UNSCOPED);
}

function eventsOf(payload: unknown): EventBody[] {
  const reading = read('repo:refs_changed', payload);
  return 'events' in reading ? reading.events : [];
}

const exactly = (time: string) => at(time).replace('Z', '.000Z');
const pushed_at = '2026-03-02T10:00:00+01:00';

describe('a push to Bitbucket Data Center', () => {
  it('tells its commits with their parents, landed at the time of the push', () => {
    const commits = [aServerCommit('c1', ['m0'], '08:00')];
    expect(eventsOf(aRefsChange([aServerChange({ from: 'm0', to: 'c1' })], commits))).toEqual([
      {
        type: 'commit',
        pipeline_id: 'SHOP/web',
        commit_id: sha('c1'),
        author: 'Ada L.',
        timestamp: exactly('08:00'),
        landed_at: pushed_at,
        landed_head: sha('c1'),
        parents: [sha('m0')],
      },
    ]);
  });

  it('leads on to the commit before on the default branch alone: elsewhere it may have been forced', () => {
    const commits = [aServerCommit('c9', ['c8'])];
    const parentsOn = (branch: string) =>
      eventsOf(aRefsChange([aServerChange({ from: 'm0', to: 'c9', branch })], commits))[0]?.parents;
    expect(parentsOn('master')).toEqual([sha('c8'), sha('m0')]);
    expect(parentsOn('feature')).toEqual([sha('c8')]);
  });

  it('tells the head, committed before the push, where no commits are listed', () => {
    const event = { type: 'commit', pipeline_id: 'SHOP/web', commit_id: sha('c2'), timestamp: pushed_at };
    expect(eventsOf(aRefsChange([aServerChange({ from: 'm0', to: 'c2' })]))).toEqual([
      { ...event, landed_at: pushed_at, landed_head: sha('c2'), parents: [sha('m0')] },
    ]);
    expect(eventsOf(aRefsChange([aServerChange({ from: 'f1', to: 'c2', branch: 'feature' })]))).toEqual([event]);
  });

  it('tells the heads of several branches, for the commits are not told apart', () => {
    const changes = [aServerChange({ from: 'm0', to: 'c2' }), aServerChange({ from: 'n0', to: 'n1', branch: 'next' })];
    const events = eventsOf(aRefsChange(changes, [aServerCommit('c2', ['m0']), aServerCommit('n1', ['n0'])]));
    expect(events.map((event) => [event.commit_id, event.landed_head])).toEqual([
      [sha('c2'), sha('c2')],
      [sha('n1'), undefined],
    ]);
  });

  it('is ignored by name if it brings no commit to a branch', () => {
    const reading = (...changes: object[]) => read('repo:refs_changed', aRefsChange(changes));
    expect(reading(aServerChange({ to: 'm0', branch: 'v1', ref: 'TAG' }))).toMatchObject({ ignored: 'tag' });
    expect(reading(aServerChange({ from: 'f1', branch: 'feature' }))).toMatchObject({ ignored: 'branch_deleted' });
    expect(reading(aServerChange({ to: 'm0', branch: 'next' }))).toMatchObject({ ignored: 'no_commits' });
  });
});

describe('a pull request of Bitbucket Data Center', () => {
  it('submits its head commit when it is opened', () => {
    expect(read('pr:opened', aServerPullRequest('pr:opened'))).toEqual({
      events: [
        {
          type: 'submit',
          pipeline_id: 'SHOP/web',
          commit_id: sha('f2'),
          pull_request_id: 7,
          author: 'ada',
          url: 'https://bitbucket.example.com/projects/SHOP/repos/web/pull-requests/7',
          timestamp: exactly('09:00'),
        },
      ],
    });
  });

  it('submits it when it is made ready, at the time of that', () => {
    const [draft, ready] = [true, false].map((is_draft) =>
      read('pr:modified', aServerPullRequest('pr:modified', { draft: is_draft, updated: '10:00' })),
    );
    const review = { type: 'review', pipeline_id: 'SHOP/web', pull_request_id: 7, timestamp: exactly('10:00') };
    expect(draft).toMatchObject({ events: [{ ...review, status: 'canceled' }] });
    expect(ready).toMatchObject({
      events: [
        { type: 'submit', timestamp: exactly('10:00') },
        { ...review, status: 'in_progress' },
      ],
    });
    expect(read('pr:opened', aServerPullRequest('pr:opened', { draft: true }))).toEqual({ ignored: 'draft' });
    const late = aServerPullRequest('pr:modified', { state: 'MERGED' });
    expect(read('pr:modified', late)).toEqual({ ignored: 'not_open' });
  });

  it.each([
    ['approved', 'success'],
    ['unapproved', 'canceled'],
    ['needs_work', 'failure'],
  ] as const)('is reviewed once by each reviewer, at the time of the event: %s', (status, becomes) => {
    expect(read(`pr:reviewer:${status}`, aServerReview(status, '10:30'))).toEqual({
      events: [
        {
          type: 'review',
          pipeline_id: 'SHOP/web',
          status: becomes,
          pull_request_id: 7,
          review_id: 'user-2',
          commit_id: sha('f2'),
          author: 'grace',
          url: 'https://bitbucket.example.com/projects/SHOP/repos/web/pull-requests/7',
          timestamp: '2026-03-02T11:30:00+01:00',
        },
      ],
    });
  });

  it('approves what it is merged as: its own head if that was fast-forwarded', () => {
    const merged = (options: object) =>
      read('pr:merged', aServerPullRequest('pr:merged', { state: 'MERGED', updated: '11:00', ...options }));
    const approval = { type: 'approve', pull_request_id: 7, timestamp: exactly('11:00') };
    expect(merged({ as: 'm' })).toMatchObject({ events: [{ ...approval, commit_id: sha('m') }] });
    expect(merged({})).toMatchObject({ events: [{ ...approval, commit_id: sha('f2') }] });
    expect(merged({ as: 'm', base: 'next' })).toEqual({ ignored: 'not_default_branch' });
  });

  it('is malformed with a time that is none', () => {
    const { pullRequest, ...rest } = aServerPullRequest('pr:opened');
    const payload = { ...rest, pullRequest: { ...pullRequest, createdDate: 'today' } };
    expect(() => read('pr:opened', payload)).toThrow('/pullRequest/createdDate must be a time in milliseconds');
  });
});
