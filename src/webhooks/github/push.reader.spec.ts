import { aCommit, aPush, at, type PushOptions, sha } from '../../../test/support/github-payloads.js';
import type { EventBody } from '../../events/event.js';
import { UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readPush } from './push.reader.js';

function eventsOf(payload: unknown): EventBody[] {
  const reading = readPush(new Payload(payload), 'acme/shop', UNSCOPED);
  return 'events' in reading ? reading.events : [];
}

/** What each commit is told to follow, by name. */
function parentsOf(options: PushOptions, names: string[]) {
  const nameOf = new Map(names.map((name) => [sha(name), name]));
  const named = (ids: string[] | null | undefined) => ids?.map((id) => nameOf.get(id) ?? id) ?? [];
  return Object.fromEntries(
    eventsOf(aPush(options)).map((event) => [nameOf.get(event.commit_id ?? ''), named(event.parents)]),
  );
}

describe('a push', () => {
  it('tells each commit with its own time and author, landed when it was pushed to the default branch', () => {
    const payload = aPush({
      before: 'm0',
      time: '09:30',
      commits: [aCommit('c1', { time: '08:00' }), aCommit('c2', { time: '09:00' })],
    });
    expect(eventsOf(payload)).toEqual([
      {
        type: 'commit',
        pipeline_id: 'acme/shop',
        commit_id: sha('c1'),
        author: 'ada',
        url: `https://github.com/acme/shop/commit/${sha('c1')}`,
        timestamp: at('08:00'),
        landed_at: Date.parse(at('09:30')) / 1000,
        landed_head: sha('c2'),
        parents: [sha('m0')],
      },
      expect.objectContaining({
        commit_id: sha('c2'),
        timestamp: at('09:00'),
        landed_head: sha('c2'),
        parents: [sha('c1')],
      }),
    ]);
  });

  it('to another branch lands nothing', () => {
    const [event] = eventsOf(aPush({ ref: 'refs/heads/feature/main', before: 'm0', commits: [aCommit('f1')] }));
    expect(event).toMatchObject({ commit_id: sha('f1') });
    expect(event).not.toHaveProperty('landed_at');
    expect(event).not.toHaveProperty('landed_head');
  });

  it('is ignored by name if it brings no commit to a branch', () => {
    const push = aPush({ before: 'm0', commits: [aCommit('c1')] });
    const reading = (changed: object) => readPush(new Payload({ ...push, ...changed }), 'acme/shop', UNSCOPED);
    expect(reading({ ref: 'refs/tags/v1' })).toEqual({ ignored: 'tag' });
    expect(reading({ ref: 'refs/notes/commits' })).toEqual({ ignored: 'not_a_branch' });
    expect(reading({ deleted: true })).toEqual({ ignored: 'branch_deleted' });
    expect(reading({ commits: [] })).toEqual({ ignored: 'no_commits' });
  });

  it('gives the time of the push to a commit whose own cannot be', () => {
    const times = ['1970-01-01T00:00:00Z', '2031-01-01T00:00:00Z', 'yesterday', '2026-03-02T08:00:00+99:00'];
    const commits = times.map((time, i) => ({ ...aCommit(`c${i}`), timestamp: time }));
    const pushed_at = Date.parse(at('09:00')) / 1000;
    const events = eventsOf(aPush({ before: 'm0', commits }));
    expect(events.map((event) => event.timestamp)).toEqual(times.map(() => pushed_at));
  });

  it('names the author by login, else by name', () => {
    const commits = [aCommit('c1', { author: { name: 'Ada L.', email: 'a@example.com' } }), aCommit('c2')];
    expect(eventsOf(aPush({ before: 'm0', commits })).map((event) => event.author)).toEqual(['Ada L.', 'ada']);
  });

  it('takes the time of the push as text too, and that of its head commit if there is none', () => {
    const push = aPush({ before: 'm0', commits: [aCommit('c1', { time: '08:00' })] });
    const withPushedAt = (pushed_at: unknown) => eventsOf({ ...push, repository: { ...push.repository, pushed_at } });
    expect(withPushedAt(at('09:00'))[0]?.landed_at).toBe(at('09:00'));
    expect(withPushedAt(undefined)[0]?.landed_at).toBe(at('08:00'));
    expect(() => withPushedAt('soon')).toThrow('/repository/pushed_at');
  });
});

describe('the commits of a push', () => {
  it('are a chain from the commit before', () => {
    const options = { before: 'm0', commits: [aCommit('c1'), aCommit('c2'), aCommit('c3')] };
    expect(parentsOf(options, ['m0', 'c1', 'c2', 'c3'])).toEqual({ c1: ['m0'], c2: ['c1'], c3: ['c2'] });
  });

  it('do not follow the commit before if the branch is new or was forced', () => {
    const commits = [aCommit('c1'), aCommit('c2')];
    expect(parentsOf({ commits }, ['c1', 'c2'])).toEqual({ c1: [], c2: ['c1'] });
    expect(parentsOf({ before: 'old', forced: true, commits }, ['c1', 'c2'])).toEqual({ c1: [], c2: ['c1'] });
  });

  const ADA = { name: 'Ada', email: 'ada@example.com', username: 'ada' };
  const committedBy = (committer: typeof ADA) => ({ ...aCommit('m'), committer });
  const merges: [string, PushOptions['commits']][] = [
    [
      'commits of another branch',
      [aCommit('f1', { distinct: false }), aCommit('f2', { distinct: false }), aCommit('m')],
    ],
    ['a merge by its message', [aCommit('f1'), aCommit('f2'), aCommit('m', { message: "Merge branch 'feature'" })]],
    ["GitHub's own commit beside others", [aCommit('f1'), aCommit('f2'), aCommit('m', { by_github: true })]],
    [
      'a commit of its user beside others',
      [aCommit('f1'), aCommit('f2'), committedBy({ ...ADA, username: 'web-flow' })],
    ],
    [
      'a commit of its address beside others',
      [aCommit('f1'), aCommit('f2'), committedBy({ ...ADA, email: 'noreply@github.com' })],
    ],
  ];
  it.each(merges)('are only followed by the head if there is %s', (_sign, commits) => {
    const expected = { f1: [], f2: [], m: ['m1', 'f1', 'f2'] };
    expect(parentsOf({ before: 'm1', commits }, ['m1', 'f1', 'f2', 'm'])).toEqual(expected);
  });

  it('are a chain if GitHub made them all, as when it rebases a pull request', () => {
    const commits = [aCommit('r1', { by_github: true }), aCommit('r2', { by_github: true })];
    expect(parentsOf({ before: 'm0', commits }, ['m0', 'r1', 'r2'])).toEqual({ r1: ['m0'], r2: ['r1'] });
  });

  it('all lead to the head, however many are merged', () => {
    const commits = [...Array.from({ length: 250 }, (_, i) => aCommit(`f${i}`, { distinct: false })), aCommit('m')];
    const heads = eventsOf(aPush({ before: 'm1', commits })).filter((event) => event.commit_id === sha('m'));
    expect(heads.map((event) => event.parents?.length)).toEqual([100, 100, 51]);
    expect(new Set(heads.flatMap((event) => event.parents))).toEqual(
      new Set([sha('m1'), ...commits.slice(0, 250).map(({ id }) => id)]),
    );
  });

  it('are no chain if the head is not the last of them', () => {
    const push = aPush({ before: 'm0', commits: [aCommit('c1'), aCommit('c2'), aCommit('c3')] });
    const events = eventsOf({ ...push, commits: push.commits.toReversed() });
    expect(events.map((event) => [event.commit_id, event.parents])).toEqual([
      [sha('c3'), [sha('m0'), sha('c2'), sha('c1')]],
      [sha('c2'), undefined],
      [sha('c1'), undefined],
    ]);
  });

  it('lead to the head where GitHub does not list them all', () => {
    const push = aPush({ before: 'm0', commits: [aCommit('c1'), aCommit('c2'), aCommit('c3')] });
    const events = eventsOf({ ...push, commits: push.commits.slice(0, 2) });
    expect(events.map((event) => [event.commit_id, event.parents])).toEqual([
      [sha('c1'), [sha('m0')]],
      [sha('c2'), [sha('c1')]],
      [sha('c3'), [sha('c2')]],
    ]);
  });
});
