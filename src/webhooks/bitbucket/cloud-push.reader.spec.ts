import {
  aCloudChange,
  type CloudChangeOptions,
  aCloudCommit,
  aCloudPush,
} from '../../../test/support/bitbucket-cloud-payloads.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readPush } from './cloud-push.reader.js';

function read(payload: unknown, { headers = {}, scope = UNSCOPED } = {}) {
  const reading = readPush({ event_name: 'repo:push', payload: new Payload(payload), headers }, scope);
  return 'events' in reading ? reading.events : [];
}

const utc = (time: string) => at(time).replace('Z', '+00:00');

/** What each commit is told to follow, by name. */
function parentsOf(options: CloudChangeOptions, names: string[]) {
  const nameOf = new Map(names.map((name) => [sha(name), name]));
  const named = (ids: readonly string[]) => ids.map((id) => nameOf.get(id) ?? id);
  const events = read(aCloudPush(aCloudChange(options))).filter(({ type }) => type === 'commit');
  return Object.fromEntries(events.map(({ commit_id, parents }) => [named([commit_id ?? '']), named(parents ?? [])]));
}

describe('a push to Bitbucket Cloud', () => {
  it('tells each commit as git knows it, landed when it was sent', () => {
    const commits = [aCloudCommit('c1', { parents: ['m0'] })];
    const headers = { 'x-event-time': 'Mon, 02 Mar 2026 09:30:00 GMT' };
    expect(read(aCloudPush(aCloudChange({ commits, before: 'm0' })), { headers })).toEqual([
      {
        type: 'commit',
        pipeline_id: 'acme/shop',
        commit_id: sha('c1'),
        author: 'ada',
        url: `https://bitbucket.org/acme/shop/commits/${sha('c1')}`,
        timestamp: utc('08:00'),
        landed_at: Date.parse(at('09:30')) / 1000,
        landed_head: sha('c1'),
        parents: [sha('m0')],
      },
    ]);
  });

  it('landed with its head commit, where no header tells when it was sent', () => {
    const commits = [aCloudCommit('c2', { parents: ['c1'], time: '08:30' }), aCloudCommit('c1')];
    const landed = read(aCloudPush(aCloudChange({ commits }))).map((event) => event.landed_at);
    expect(landed).toEqual([utc('08:30'), utc('08:30')]);
  });

  it('lands on main and on master, unless a rule names another branch', () => {
    const landing = (branch: string, rules: { repository: string; branch: string }[] = []) => {
      const scope = new Scope({ ...NO_RULES, default_branches: rules });
      const [event] = read(aCloudPush(aCloudChange({ commits: [aCloudCommit('c1')], branch })), { scope });
      return event?.landed_head !== undefined;
    };
    const rules = [{ repository: 'acme/*', branch: 'trunk' }];
    expect(['main', 'master', 'feature'].map((branch) => landing(branch))).toEqual([true, true, false]);
    expect(['main', 'trunk'].map((branch) => landing(branch, rules))).toEqual([false, true]);
  });

  it('names the author by the account, else by what git has', () => {
    const authors = [{ raw: 'renovate[bot] <bot@example.com>' }, { display_name: 'Ada L.' }, {}];
    const named = authors.map(
      (author) => read(aCloudPush(aCloudChange({ commits: [aCloudCommit('c1', { author })] })))[0]?.author,
    );
    expect(named).toEqual(['renovate[bot]', 'Ada L.', undefined]);
  });

  it('may change several branches', () => {
    const main = aCloudChange({ commits: [aCloudCommit('c1')], before: 'm0' });
    const next = aCloudChange({ commits: [aCloudCommit('n1')], branch: 'next' });
    const events = read(aCloudPush(main, next));
    expect(events.map((event) => [event.commit_id, event.landed_head])).toEqual([
      [sha('c1'), sha('c1')],
      [sha('n1'), undefined],
    ]);
  });
});

describe('the parents in a push to Bitbucket Cloud', () => {
  it('are those of git', () => {
    const commits = [aCloudCommit('m', { parents: ['m0', 'f1'] }), aCloudCommit('f1', { parents: ['x'] })];
    expect(parentsOf({ commits, before: 'm0' }, ['m', 'f1', 'm0', 'x'])).toEqual({ m: ['m0', 'f1'], f1: ['x'] });
  });

  it('lead on from the head to the commit before, where commits between them are not listed', () => {
    const commits = [aCloudCommit('c9', { parents: ['c8'] }), aCloudCommit('c8', { parents: ['c7'] })];
    const names = ['c9', 'c8', 'c7', 'm0'];
    expect(parentsOf({ commits, before: 'm0' }, names)).toEqual({ c9: ['c8', 'm0'], c8: ['c7'] });
    expect(parentsOf({ commits, before: 'm0', forced: true }, names)).toEqual({ c9: ['c8'], c8: ['c7'] });
  });

  it('are the head’s alone, where they are not told', () => {
    const commits = [aCloudCommit('c2'), aCloudCommit('c1')];
    expect(parentsOf({ commits, before: 'm0' }, ['c2', 'c1', 'm0'])).toEqual({ c2: ['m0', 'c1'], c1: [] });
  });

  it('lead to the head, also where it is not among the commits', () => {
    const head = aCloudCommit('c2', { parents: ['c1'] });
    const commits = [aCloudCommit('c1', { parents: ['m0'] })];
    expect(parentsOf({ commits, head, before: 'm0' }, ['c2', 'c1', 'm0'])).toEqual({ c2: ['c1'], c1: ['m0'] });
  });
});

describe('a merge by Bitbucket Cloud', () => {
  const merge = (message: string, branch = 'main') =>
    read(aCloudPush(aCloudChange({ commits: [aCloudCommit('m', { message, time: '11:00' })], branch, before: 'm0' })));

  it('approves the pull request that its message names, by the full id of the commit', () => {
    expect(merge('Merged in fix (it) (pull request #7)\n\nTake cards').at(-1)).toEqual({
      type: 'approve',
      pipeline_id: 'acme/shop',
      commit_id: sha('m'),
      pull_request_id: 7,
      url: 'https://bitbucket.org/acme/shop/pull-requests/7',
      timestamp: utc('11:00'),
    });
  });

  it('approves nothing by another message, or on another branch', () => {
    const messages = ['Merged in fix', 'Revert "Merged in fix (pull request #7)"', 'Merged in fix (pull request #0)'];
    expect(messages.flatMap((message) => merge(message)).map(({ type }) => type)).toEqual(messages.map(() => 'commit'));
    expect(merge('Merged in fix (pull request #7)', 'next').map(({ type }) => type)).toEqual(['commit']);
  });

  it('has no time of its own if that cannot be', () => {
    const commit = {
      ...aCloudCommit('m', { message: 'Merged in fix (pull request #7)' }),
      date: utc('2031-01-01T00:00:00Z'),
    };
    const headers = { 'x-event-time': 'Mon, 02 Mar 2026 11:00:00 GMT' };
    const events = read(aCloudPush(aCloudChange({ commits: [commit] })), { headers });
    expect(events.map(({ timestamp }) => timestamp)).toEqual([1772449200, 1772449200]);
  });
});
