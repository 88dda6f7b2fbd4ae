import { startApp, type TestApp } from './support/app.js';
import { withoutRebuilds } from './support/rebuilds.js';
import { type AskedOfAll, bothWays, rollUp, stopSchedule } from './support/rollups.js';
import { approve, at, commit, deploy, dora, opened, resolved, submit, tell } from './support/telling.js';

const AFTER = new Date('2026-03-20T00:00:00Z');
const DAYS: AskedOfAll = {
  environments: null,
  from: new Date('2026-03-01T00:00:00Z'),
  to: AFTER,
  time_zone: 'UTC',
  bucket: 'day',
};

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await stopSchedule(app);
});
afterAll(() => app.close());

async function notes(): Promise<number> {
  const [row] = await app.dataSource.query<[{ count: string }]>('SELECT count(*) FROM devopstic.changed_hours');
  return Number(row.count);
}

const BASELINE = deploy('03-01 08:00', 'baseline');
type Told = Parameters<typeof tell>[2];

/** Each moves something from a day that is rolled to another. */
const LATE: Record<string, { first: Told; late: Told }> = {
  'a success that was earlier': {
    first: [BASELINE, deploy('03-04 10:00', 'a')],
    late: [deploy('03-03 10:00', 'a')],
  },
  'a failure that succeeded after all': {
    first: [BASELINE, deploy('03-04 10:00', 'a', { status: 'failure' })],
    late: [deploy('03-05 10:00', 'a')],
  },
  'an earlier deployment of a change': {
    first: [BASELINE, commit('03-02 08:00', 'a'), submit('03-02 09:00', 'a'), deploy('03-05 10:00', 'a')],
    late: [deploy('03-03 10:00', 'a', { deployment_id: 'earlier' })],
  },
  'the commit of a deployment': {
    first: [BASELINE, deploy('03-05 10:00', 'a')],
    late: [commit('03-02 08:00', 'a'), submit('03-02 09:00', 'a')],
  },
  'a baseline before the baseline': {
    first: [
      commit('03-02 08:00', 'a'),
      submit('03-02 09:00', 'a'),
      deploy('03-05 10:00', 'b', { commits: ['a', 'b'] }),
    ],
    late: [BASELINE],
  },
  'an incident that was open all the time': {
    first: [BASELINE, deploy('03-03 08:00', 'a'), resolved('03-07 08:00', 'i')],
    late: [opened('03-03 09:00', 'i')],
  },
  'an incident that opened again': {
    first: [BASELINE, opened('03-03 09:00', 'i'), resolved('03-04 09:00', 'i')],
    late: [opened('03-05 09:00', 'i'), resolved('03-08 09:00', 'i')],
  },
  'an incident that began earlier': {
    first: [BASELINE, opened('03-05 09:00', 'i')],
    late: [opened('03-03 09:00', 'i')],
  },
  'a change that landed long before': {
    first: [BASELINE],
    late: [commit('03-02 08:00', 'a'), approve('03-03 08:00', 'a')],
  },
  'a change that is part of another': {
    first: [BASELINE, commit('03-02 08:00', 'a', { pull_request_id: 7, landed_at: at('03-02 09:00') })],
    late: [approve('03-04 08:00', 'merged', { pull_request_id: 7 })],
  },
  'a change that a bot made': {
    first: [BASELINE, commit('03-02 08:00', 'a'), approve('03-03 08:00', 'a')],
    late: [submit('03-02 09:00', 'a', { author: 'renovate[bot]' })],
  },
  'what came before all': {
    first: [BASELINE],
    late: [deploy('02-01 08:00', 'long ago')],
  },
};

describe.each(Object.entries(LATE))('%s', (name, { first, late }) => {
  it('takes the day that it leaves out of the rolled ones, until that is rolled again', async () => {
    const told = (prefix: string, events: Told): Told => events.map((event, n) => ({ ...event, id: `${prefix}${n}` }));
    await tell(app, name, told('first', first));
    await rollUp(app, AFTER);
    expect(await notes()).toBe(0);
    await tell(app, name, told('late', late));
    expect(await notes()).toBeGreaterThan(0);
    expect((await bothWays(app, DAYS)).differing).toEqual([]);
    await rollUp(app, AFTER);
    expect(await notes()).toBe(0);
    expect((await bothWays(app, DAYS)).differing).toEqual([]);
  });
});

it('leaves a part of a day, which has no whole one in it, to the rows', async () => {
  await tell(app, 'part of a day', [deploy('03-11 10:00', 'a')]);
  const [from, to] = [at('03-11 09:00'), at('03-11 11:00')].map((time) => new Date(time)) as [Date, Date];
  const { rolled, differing } = await bothWays(app, { ...DAYS, from, to, bucket: null });
  expect(differing).toEqual([]);
  expect(JSON.stringify(rolled)).toContain('"deployments":1,');
});

it('is used for what is large only, and said to be approximate', async () => {
  const about = { from: '2026-03-01', to: '2026-03-20' };
  const { rolled } = await bothWays(app, { ...DAYS, bucket: null });
  expect(JSON.stringify(rolled)).toContain('"approximate":true');
  const approximate = async (query: object): Promise<boolean> =>
    (await dora<{ lead_time: { approximate: boolean } }>(app, 'summary', { ...about, ...query })).lead_time.approximate;
  expect(await approximate({})).toBe(true);
  expect(await approximate({ pipeline: 'an earlier deployment of a change' })).toBe(false);
  expect(await approximate({ bots: 'true' })).toBe(false);
  await app.dataSource.query(`DELETE FROM devopstic.settings WHERE name = 'rollup_from'`);
  expect(await approximate({})).toBe(false);
});

it('begins with the days of a time zone when a series of them is asked for', async () => {
  await dora(app, 'series', { from: '2026-03-01', to: '2026-03-20', time_zone: 'Asia/Kolkata' });
  await rollUp(app, AFTER);
  const zones = await app.dataSource.query('SELECT * FROM devopstic.rollup_zones ORDER BY time_zone');
  const india = new Date('2026-03-19T18:30:00Z');
  expect(zones).toEqual([
    { time_zone: 'Asia/Kolkata', rolled_until: india, waiting_until: india },
    { time_zone: 'UTC', rolled_until: AFTER, waiting_until: AFTER },
  ]);
});

describe('what waits', () => {
  const waiting = async (): Promise<unknown> =>
    (await dora<{ work_waiting: object }>(app, 'summary', { from: '2026-03-01', to: '2026-03-20' })).work_waiting;

  it('is looked up change by change while rows are still to be derived', async () => {
    const before = await waiting();
    expect(before).not.toMatchObject({ count: 0 });
    await app.dataSource.query('CREATE TABLE kept AS SELECT * FROM devopstic.waiting_for_production');
    await app.dataSource.query('DELETE FROM devopstic.waiting_for_production');
    await withoutRebuilds(app, async () => {
      await app.dataSource.query(
        `INSERT INTO devopstic.settings VALUES ('rebuild_due', '["production_environments"]')`,
      );
      expect(await waiting()).toEqual(before);
      await app.dataSource.query(`DELETE FROM devopstic.settings WHERE name = 'rebuild_due'`);
    });
    expect(await waiting()).not.toEqual(before);
    await app.dataSource.query('INSERT INTO devopstic.waiting_for_production SELECT * FROM kept');
    await app.dataSource.query('DROP TABLE kept');
    expect(await waiting()).toEqual(before);
  });
});

describe('a round', () => {
  const until = (): Promise<unknown> =>
    app.dataSource.query('SELECT rolled_until FROM devopstic.rollup_zones ORDER BY time_zone');

  it('passes over a time zone that PostgreSQL does not know any more', async () => {
    await app.dataSource.query(`INSERT INTO devopstic.rollup_zones (time_zone) VALUES ('Mars/Olympus_Mons')`);
    await rollUp(app, new Date('2026-03-25T00:00:00Z'));
    expect(await until()).toEqual([
      { rolled_until: new Date('2026-03-24T18:30:00Z') },
      { rolled_until: null },
      { rolled_until: new Date('2026-03-25T00:00:00Z') },
    ]);
  });

  it('leaves it to the replica that is at it', async () => {
    const before = await until();
    const other = app.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query('LOCK TABLE devopstic.rollup_zones IN SHARE UPDATE EXCLUSIVE MODE');
    await rollUp(app, new Date('2026-03-26T00:00:00Z'));
    expect(await until()).toEqual(before);
    await other.rollbackTransaction();
    await other.release();
    await rollUp(app, new Date('2026-03-26T00:00:00Z'));
    expect(await until()).not.toEqual(before);
  });
});
