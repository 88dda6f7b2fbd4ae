import { at, sha } from '../../../test/support/github-payloads.js';
import {
  aGiteaCommit,
  aGiteaPullRequest,
  aGiteaPush,
  aGiteaReview,
  local,
} from '../../../test/support/gitea-payloads.js';
import { UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readGitea } from './gitea.reader.js';

function read(event_name: string, payload: unknown, scope = UNSCOPED) {
  return readGitea({ event_name, payload: new Payload(payload) }, scope);
}

const url = (path: string) => `https://git.example.com/acme/shop${path}`;

describe('a push to Gitea', () => {
  it('tells its commits, landed with the head commit', () => {
    const commits = [aGiteaCommit('c2', { time: '08:30' }), aGiteaCommit('c1')];
    const landing = { landed_at: local('08:30'), landed_head: sha('c2') };
    const event = { type: 'commit', pipeline_id: 'acme/shop', author: 'ada', ...landing };
    expect(read('push', aGiteaPush({ commits, before: 'm0' }))).toEqual({
      events: [
        {
          ...event,
          commit_id: sha('c2'),
          url: url(`/commit/${sha('c2')}`),
          timestamp: local('08:30'),
          parents: [sha('m0'), sha('c1')],
        },
        { ...event, commit_id: sha('c1'), url: url(`/commit/${sha('c1')}`), timestamp: local('08:00') },
      ],
    });
  });

  it('to another branch is a chain, and lands nothing', () => {
    const commits = [aGiteaCommit('f2'), aGiteaCommit('f1')];
    const events = { ref: 'refs/heads/feature', commits, before: 'f0' };
    expect(read('push', aGiteaPush(events))).toMatchObject({
      events: [{ commit_id: sha('f2'), parents: [sha('f1')] }, { commit_id: sha('f1') }],
    });
    expect(JSON.stringify(read('push', aGiteaPush(events)))).not.toMatch(/landed|parents":\[\]/);
  });

  it.each([
    [
      'a merge is among them',
      { commits: [aGiteaCommit('f2', { message: "Merge branch 'main'" }), aGiteaCommit('f1')] },
    ],
    ['not all are listed', { commits: [aGiteaCommit('f2'), aGiteaCommit('f1')], total: 9 }],
  ])('to another branch is known by its head alone if %s', (_why, options) => {
    const push = aGiteaPush({ ref: 'refs/heads/feature', before: 'f0', ...options });
    const reading = read('push', push);
    expect('events' in reading && reading.events.map(({ parents }) => parents)).toEqual([[sha('f1')], undefined]);
  });

  it('tells its head also where that is not listed', () => {
    const push = aGiteaPush({ commits: [aGiteaCommit('c1')], head: aGiteaCommit('c9', { time: '08:40' }) });
    const reading = read('push', push);
    expect('events' in reading && reading.events.map((event) => [event.commit_id, event.landed_at])).toEqual([
      [sha('c9'), local('08:40')],
      [sha('c1'), local('08:40')],
    ]);
  });
});

describe('a pull request of Gitea', () => {
  it('submits its head commit when it is opened, at the time of its creation', () => {
    expect(read('pull_request', aGiteaPullRequest('opened', { updated: '09:30' }))).toEqual({
      events: [
        {
          type: 'submit',
          pipeline_id: 'acme/shop',
          commit_id: sha('f2'),
          pull_request_id: 7,
          author: 'ada',
          url: url('/pulls/7'),
          timestamp: local('09:00'),
        },
      ],
    });
  });

  it('submits nothing as a draft, which its title says as long as no flag does', () => {
    for (const options of [{ title: '[WIP] Cards' }, { title: 'wip: cards' }, { draft: true }]) {
      expect(read('pull_request', aGiteaPullRequest('opened', options))).toEqual({ ignored: 'draft' });
    }
    const wiped = aGiteaPullRequest('opened', { title: 'Wipe cards', draft: false });
    expect(read('pull_request', wiped)).toMatchObject({ events: [{ type: 'submit' }] });
  });

  it('submits when its title no longer says that it is a draft, and when it is reopened', () => {
    for (const action of ['edited', 'reopened']) {
      const payload = aGiteaPullRequest(action, { updated: '10:00' });
      expect(read('pull_request', payload)).toMatchObject({ events: [{ type: 'submit', timestamp: local('10:00') }] });
    }
  });

  it('has its review put off by a title that makes it a draft, and go on by one that does not', () => {
    const edited = (title: string, former_title: string, draft?: boolean) =>
      read(
        'pull_request',
        aGiteaPullRequest('edited', { title, former_title, updated: '10:00', ...(draft ? { draft } : {}) }),
      );
    const review = { type: 'review', pipeline_id: 'acme/shop', pull_request_id: 7, url: url('/pulls/7') };
    const put_off = { events: [{ ...review, status: 'canceled', timestamp: local('10:00') }] };
    const goes_on = { events: [{ type: 'submit' }, { ...review, status: 'in_progress', timestamp: local('10:00') }] };
    expect(edited('WIP: Cards', 'Cards')).toEqual(put_off);
    expect(edited('Entwurf: Cards', 'Cards', true)).toEqual(put_off);
    expect(edited('Cards', 'WIP: Cards')).toMatchObject(goes_on);
    expect(edited('Cards', 'Entwurf: Cards')).toMatchObject(goes_on);
    const described = aGiteaPullRequest('edited', { title: 'WIP: Cards' });
    expect(read('pull_request', described)).toEqual({ ignored: 'draft' });
  });

  it.each([
    ['approved', 'success'],
    ['rejected', 'failure'],
    ['comment', 'in_progress'],
  ] as const)('is reviewed by who sends that it is %s: one review for each', (verdict, status) => {
    const who = { review_id: 'user-3', author: 'grace', url: url('/pulls/7') };
    expect(read(`pull_request_${verdict}`, aGiteaReview(verdict))).toEqual({
      events: [
        { type: 'review', pipeline_id: 'acme/shop', status, pull_request_id: 7, ...who, timestamp: local('10:00') },
      ],
    });
  });

  it('is not reviewed by its author, nor by a comment outside of a review', () => {
    const answer = { ...aGiteaReview('comment'), sender: { id: 2, login: 'ada' } };
    expect(read('pull_request_comment', answer)).toEqual({ ignored: 'own_review' });
    expect(read('pull_request_comment', { ...answer, action: 'created' })).toEqual({ ignored: 'action_not_used' });
  });

  it('approves what it is merged as', () => {
    const payload = aGiteaPullRequest('closed', { state: 'closed', merged: { as: 'm', time: '11:00' } });
    expect(read('pull_request', payload)).toMatchObject({
      events: [{ type: 'approve', commit_id: sha('m'), pull_request_id: 7, timestamp: local('11:00') }],
    });
  });
});

it('a delivery of Gitea is malformed where it lacks what its event must have', () => {
  const { repository: _, ...push } = aGiteaPush({ commits: [aGiteaCommit('c1', { time: at('08:00') })] });
  expect(() => read('push', push)).toThrow('/repository/full_name');
  expect(() => read('pull_request', { action: 'opened' })).toThrow('/repository/full_name');
});
