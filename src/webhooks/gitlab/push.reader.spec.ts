import { at, sha } from '../../../test/support/github-payloads.js';
import { aCommit, aPush, type PushOptions } from '../../../test/support/gitlab-payloads.js';
import type { EventBody } from '../../events/event.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readPush } from './push.reader.js';

function eventsOf(payload: unknown, scope = UNSCOPED): EventBody[] {
  const reading = readPush(new Payload(payload), scope);
  return 'events' in reading ? reading.events : [];
}

/** What each commit is told to follow. */
function parentsOf(options: PushOptions) {
  return eventsOf(aPush(options)).map(({ commit_id, parents }) => [commit_id, parents ?? []]);
}

const [c1, c2] = [aCommit('c1', { time: '08:00' }), aCommit('c2', { time: '09:00' })];

describe('a push', () => {
  it('tells each commit with its own time, landed with the head if it went to the default branch', () => {
    expect(eventsOf(aPush({ before: 'm0', commits: [c1, c2] }))).toEqual([
      {
        type: 'commit',
        pipeline_id: 'acme/web/shop',
        commit_id: sha('c1'),
        author: 'Ada',
        url: `https://gitlab.example.com/acme/web/shop/-/commit/${sha('c1')}`,
        timestamp: '2026-03-02T08:00:00+00:00',
        landed_at: '2026-03-02T09:00:00+00:00',
        landed_head: sha('c2'),
      },
      expect.objectContaining({ commit_id: sha('c2'), parents: [sha('m0'), sha('c1')], landed_head: sha('c2') }),
    ]);
  });

  it('to another branch lands nothing, unless a rule calls that the default branch', () => {
    const push = aPush({ branch: 'next', before: 'm0', commits: [c1] });
    expect(eventsOf(push)[0]).not.toHaveProperty('landed_at');
    const rules = { ...NO_RULES, default_branches: [{ repository: 'acme/**', branch: 'next' }] };
    expect(eventsOf(push, new Scope(rules))[0]).toMatchObject({ landed_head: sha('c1') });
    const headless = { ...push, project: { ...push.project, default_branch: null } };
    expect(eventsOf(headless)[0]).not.toHaveProperty('landed_at');
  });

  it('gives its own time to a commit whose own cannot be', () => {
    const commits = [aCommit('c1', { time: '2031-01-01T00:00:00Z' }), { ...c2, id: sha('c0'), timestamp: 'once' }, c2];
    const times = eventsOf(aPush({ before: 'm0', commits })).map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.map(() => '2026-03-02T09:00:00+00:00'));
  });

  it('tells its head even if that is not listed', () => {
    const events = eventsOf({ ...aPush({ before: 'm0', commits: [c1] }), after: sha('m') });
    expect(events.map(({ commit_id, timestamp }) => [commit_id, Date.parse(String(timestamp))])).toEqual([
      [sha('c1'), Date.parse(at('08:00'))],
      [sha('m'), Date.parse(at('08:00'))],
    ]);
    expect(events[1]?.parents).toEqual([sha('m0'), sha('c1')]);
  });
});

describe('the head of a push', () => {
  it('follows what was pushed with it, and what the default branch or a protected one was at before', () => {
    const expected = [
      [sha('c1'), []],
      [sha('c2'), [sha('m0'), sha('c1')]],
    ];
    expect(parentsOf({ before: 'm0', commits: [c1, c2] })).toEqual(expected);
    expect(parentsOf({ before: 'm0', branch: 'release', protected: true, commits: [c1, c2] })).toEqual(expected);
  });

  it('does not follow what another branch was at before, which may have been forced, nor what a new one was', () => {
    const expected = [
      [sha('c1'), []],
      [sha('c2'), [sha('c1')]],
    ];
    expect(parentsOf({ before: 'old', branch: 'feature', commits: [c1, c2] })).toEqual(expected);
    expect(parentsOf({ branch: 'release', protected: true, commits: [c1, c2] })).toEqual(expected);
  });

  it('follows the twenty that are listed of many, and what was before all of them', () => {
    const listed = Array.from({ length: 20 }, (_, i) => aCommit(`c${i + 31}`));
    const heads = parentsOf({ before: 'm0', commits: listed, total: 50 }).at(-1);
    expect(heads).toEqual([sha('c50'), [sha('m0'), ...listed.slice(0, -1).map(({ id }) => id)]]);
  });
});

describe('a push that brings nothing', () => {
  it.each([
    ['branch_deleted', { after: '0'.repeat(40), commits: [] }],
    ['no_commits', { commits: [] }],
    // The latest three commits, newest first, the oldest of them as what the branch was at before.
    ['test', { before: c1.id, after: c2.id, commits: [c2, c1] }],
    ['test', { project: { path_with_namespace: 'gitlab/gitlab', web_url: 'http://test.example.com/gitlab/gitlab' } }],
  ])('is ignored: %s', (ignored, changed) => {
    const push = { ...aPush({ before: 'm0', commits: [c1] }), ...changed };
    expect(readPush(new Payload(push), UNSCOPED)).toEqual({ ignored });
  });
});
