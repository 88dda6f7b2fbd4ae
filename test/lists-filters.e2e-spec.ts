import { startApp, type TestApp } from './support/app.js';
import { aPage, anEvent, minute, walk } from './support/lists.js';
import type { ModelEvent } from './support/model/event.js';
import { aKey, problemOf } from './support/people.js';
import { sendBatch } from './support/sending.js';

const LISTS = ['/events', '/commits', '/deployments', '/incidents', '/pipelines'];
const TIMED = LISTS.slice(0, 4);

/** In each of three pipelines, at minutes 10, 20 and 30, the same three stories. */
function history(): ModelEvent[] {
  return ['a', 'b', 'c'].flatMap((pipeline_id) =>
    [10, 20, 30].flatMap((at) => {
      const environment = at === 20 ? 'staging' : 'production';
      const told = { pipeline_id, timestamp: minute(at), commit_id: `c${at}` };
      return [
        anEvent({ ...told, id: `commit-${at}`, type: 'commit' }),
        anEvent({ ...told, id: `deploy-${at}`, environment, deployment_id: `d${at}` }),
        anEvent({ ...told, id: `incident-${at}`, type: 'incident_status_change', environment, incident_id: `i${at}` }),
      ];
    }),
  );
}

describe('a list', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    await sendBatch(app, history());
  });
  afterAll(() => app.close());

  type Query = Record<string, string | string[]>;
  type Row = Record<string, string>;

  async function rows(path: string, query: Query, token?: string): Promise<Row[]> {
    return (await aPage<Row>(app, path, query, token)).items;
  }

  const pipelinesOf = (items: Row[]): (string | undefined)[] => [...new Set(items.map((row) => row['pipeline_id']))];

  /** The minutes that the events' ids, and those of what came of them, end in. */
  const minutesOf = (items: Row[]): string[] =>
    items.map(
      (row) =>
        /\d+$/.exec(row['id'] ?? row['deployment_id'] ?? row['incident_id'] ?? row['commit_id'] ?? '')?.[0] ?? '',
    );

  it.each(LISTS)('%s takes pipelines, one or several', async (path) => {
    expect(pipelinesOf(await rows(path, { pipeline: 'b' }))).toEqual(['b']);
    expect(pipelinesOf(await rows(path, { pipeline: ['a', 'c', 'a'] })).toSorted()).toEqual(['a', 'c']);
    expect(pipelinesOf(await rows(path, {})).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await rows(path, { pipeline: 'nobody' })).toEqual([]);
  });

  it.each(TIMED)('%s takes environments, one or several', async (path) => {
    const inStaging = await rows(path, { pipeline: 'a', environment: 'staging' });
    expect([...new Set(minutesOf(inStaging))]).toEqual(['20']);
    const inBoth = await rows(path, { pipeline: 'a', environment: ['staging', 'production'] });
    expect([...new Set(minutesOf(inBoth))]).toEqual(['30', '20', '10']);
    expect(await rows(path, { environment: 'nowhere' })).toEqual([]);
  });

  it.each(TIMED.slice(0, 3))('%s takes a range of time: from is in it, to is not', async (path) => {
    const inRange = async (query: Query): Promise<string[]> => [
      ...new Set(minutesOf(await rows(path, { pipeline: 'a', ...query }))),
    ];
    expect(await inRange({ from: minute(20) })).toEqual(['30', '20']);
    expect(await inRange({ to: minute(20) })).toEqual(['10']);
    expect(await inRange({ from: minute(10), to: minute(30) })).toEqual(['20', '10']);
    expect(await inRange({ from: '2026-03-02', to: '2026-03-03' })).toEqual(['30', '20', '10']);
    expect(await inRange({ from: '2026-03-03' })).toEqual([]);
    expect(await inRange({ from: '2026-03-02T01:20:00+01:00', to: '2026-03-02T00:20:00.001Z' })).toEqual(['20']);
    expect(await inRange({ from: '0000-01-01', to: '9999-12-31T23:59:59-23:59' })).toEqual(['30', '20', '10']);
  });

  it('/incidents takes a range of time: what was open in it, or resolved', async () => {
    const incident = { pipeline_id: 'long', type: 'incident_status_change', environment: 'production' } as const;
    await sendBatch(app, [
      anEvent({ ...incident, id: 'o1', incident_id: 'i1', status: 'failure', timestamp: minute(10) }),
      anEvent({ ...incident, id: 'r1', incident_id: 'i1', status: 'success', timestamp: minute(30) }),
      anEvent({ ...incident, id: 'o2', incident_id: 'i2', status: 'failure', timestamp: minute(20) }),
    ]);
    const inRange = async (query: Query): Promise<string[]> =>
      minutesOf(await rows('/incidents', { pipeline: 'long', ...query }));
    expect(await inRange({ from: minute(10), to: minute(11) })).toEqual(['1']);
    expect(await inRange({ from: minute(15) })).toEqual(['2', '1']);
    expect(await inRange({ from: minute(30) })).toEqual(['2', '1']);
    expect(await inRange({ from: minute(31) })).toEqual(['2']);
    expect(await inRange({ to: minute(20) })).toEqual(['1']);
    expect(await inRange({ from: minute(15), environment: 'staging' })).toEqual([]);
  });

  it('/incidents pages through what was open when the range began', async () => {
    const told = { type: 'incident_status_change', environment: 'production', status: 'failure' } as const;
    const incidents = ['x', 'y', 'z'].flatMap((pipeline_id) =>
      [10, 10, 25].map((opened, number) =>
        anEvent({ ...told, pipeline_id, id: `o${number}`, incident_id: `i${number}`, timestamp: minute(opened) }),
      ),
    );
    await sendBatch(app, incidents);
    const query = { pipeline: ['x', 'y', 'z'], from: minute(20) };
    const whole = await rows('/incidents', query);
    expect(whole).toHaveLength(9);
    for (const limit of [1, 2, 4]) expect(await walk<Row>(app, '/incidents', { ...query, limit })).toEqual(whole);
  });

  it('/events takes a type', async () => {
    const commits = await rows('/events', { type: 'commit' });
    expect(commits.map((row) => row['type'])).toEqual(Array.from({ length: 9 }, () => 'commit'));
  });

  it('takes all filters together', async () => {
    const query = { pipeline: ['a', 'b'], environment: 'production', type: 'deploy', from: minute(11) };
    expect(await rows('/events', query)).toMatchObject([
      { pipeline_id: 'b', id: 'deploy-30' },
      { pipeline_id: 'a', id: 'deploy-30' },
    ]);
  });

  describe('for a key limited to pipelines', () => {
    let limited: string;
    beforeAll(async () => {
      limited = (await aKey(app, { scopes: ['metrics:read', 'events:write'], pipelines: ['a', 'c'] })).secret;
    });

    it.each(LISTS)('%s shows those and no other', async (path) => {
      expect(pipelinesOf(await rows(path, {}, limited)).toSorted()).toEqual(['a', 'c']);
      expect(pipelinesOf(await rows(path, { pipeline: 'c' }, limited))).toEqual(['c']);
      for (const query of ['pipeline=b', 'pipeline=a&pipeline=b', 'pipeline=nobody']) {
        const answer = await app.request('GET', `${path}?${query}`, { token: limited });
        expect(await problemOf(answer)).toMatchObject({ status: 403, pointers: ['/pipeline'] });
      }
    });

    it.each(TIMED)('%s does not go further with a cursor of somebody else', async (path) => {
      const { next } = await aPage(app, path, { limit: 1 });
      expect(pipelinesOf(await rows(path, { cursor: next ?? '' }, limited)).toSorted()).toEqual(['a', 'c']);
    });

    it.each(LISTS)('%s needs metrics:read', async (path) => {
      const writer = (await aKey(app, { scopes: ['events:write'] })).secret;
      expect((await problemOf(await app.request('GET', path, { token: writer }))).status).toBe(403);
      expect((await problemOf(await app.request('GET', path, { token: null }))).status).toBe(401);
    });
  });

  const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
  const WRONG: [string, string][] = [
    ['limit=0', '/limit'],
    ['limit=1001', '/limit'],
    ['limit=', '/limit'],
    ['limit=ten', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['limit=1e400', '/limit'],
    ['offset=10', '/offset'],
    ['pipeline=', '/pipeline'],
    [`pipeline=${'x'.repeat(201)}`, '/pipeline'],
    ['pipeline=a%00b', '/pipeline'],
    ['pipeline[]=a', '/pipeline[]'],
    ['__proto__=a', '/__proto__'],
    ['constructor=a', '/constructor'],
    ['cursor=', '/cursor'],
    ['cursor=a&cursor=b', '/cursor'],
    ['cursor=bm9uc2Vuc2U', '/cursor'],
    ['limit=0x10', '/limit'],
    ['limit=1e2', '/limit'],
    ['limit=%205', '/limit'],
    ['limit=5.0', '/limit'],
    [`cursor=${'x'.repeat(5000)}`, '/cursor'],
    [`cursor=${cursor([])}`, '/cursor'],
    [`cursor=${cursor({ a: 1 })}`, '/cursor'],
    [`cursor=${cursor([1])}`, '/cursor'],
    [`cursor=${cursor(['a\0b'])}`, '/cursor'],
  ];
  const WRONG_TIMES: [string, string][] = [
    ['from=yesterday', '/from'],
    ['from=2026-02-30', '/from'],
    ['from=2026-03-02T10:00:00', '/from'],
    ['from=2026-03-03&to=2026-03-02', '/from'],
    ['from=2026-03-02T00:00:00.001Z&to=2026-03-02', '/from'],
    ['to=1772447400', '/to'],
    ['to=2026-03-02&to=2026-03-03', '/to'],
    ['environment=', '/environment'],
    [`environment=${'x'.repeat(101)}`, '/environment'],
    [`cursor=${cursor(['2026-02-30T00:00:00.000Z', 'a', 'b'])}`, '/cursor'],
    [`cursor=${cursor(['tomorrow', 'a', 'b', 'c'])}`, '/cursor'],
    [`cursor=${cursor(['2026-03-02T00:00:00.000Z', 1, 'b'])}`, '/cursor'],
    [`cursor=${cursor(['2026-03-02T00:00:00.000Z', null, 'b', 'c'])}`, '/cursor'],
  ];
  const refusals = [
    ...LISTS.flatMap((path) => WRONG.map(([query, pointer]) => [path, query.slice(0, 60), query, pointer] as const)),
    ...TIMED.flatMap((path) =>
      WRONG_TIMES.map(([query, pointer]) => [path, query.slice(0, 60), query, pointer] as const),
    ),
    ['/events', 'type=deployment', 'type=deployment', '/type'] as const,
    ['/commits', 'type=commit', 'type=commit', '/type'] as const,
    ['/pipelines', 'environment=production', 'environment=production', '/environment'] as const,
  ];

  it.each(refusals)('%s refuses %s', async (path, _shown, query, pointer) => {
    const problem = await problemOf(await app.request('GET', `${path}?${query}`));
    expect(problem).toMatchObject({ status: 400, pointers: [pointer] });
  });
});
