import { startApp, type TestApp } from './support/app.js';
import { problemOf } from './support/people.js';

const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const LONG = 'x'.repeat(3000);

const COMMON: [string, string][] = [
  ['from=yesterday', '/from'],
  ['from=', '/from'],
  ['from=2026-02-30', '/from'],
  ['from=2026-3-2', '/from'],
  ['from=2026-03-02T10:00:00', '/from'],
  ['from=1772447400', '/from'],
  ['from=-infinity', '/from'],
  ['from=2026-03-02&from=2026-03-03', '/from'],
  ['from[]=2026-03-02', '/from[]'],
  ['to=now', '/to'],
  ['to=10000-01-01', '/to'],
  ['to=2026-03-02%00', '/to'],
  ['from=2026-03-03&to=2026-03-02', '/from'],
  ['from=2026-03-02&to=2026-03-02', '/from'],
  ['time_zone=Mars/Olympus', '/time_zone'],
  ['time_zone=', '/time_zone'],
  ['time_zone=UTC%00', '/time_zone'],
  ['time_zone=UTC&time_zone=UTC', '/time_zone'],
  [`time_zone=${LONG}`, '/time_zone'],
  ["time_zone=UTC';DROP SCHEMA devopstic CASCADE;--", '/time_zone'],
  ['pipeline=', '/pipeline'],
  [`pipeline=${LONG}`, '/pipeline'],
  ['pipeline=a%00', '/pipeline'],
  ['team=', '/team'],
  ['team=strangers', '/team'],
  [`team=${LONG}`, '/team'],
  ['team=a%00', '/team'],
  ['environment=', '/environment'],
  [`environment=${LONG}`, '/environment'],
  ['bots=maybe', '/bots'],
  ['bots=', '/bots'],
  ['bots=1', '/bots'],
  ['nonsense=1', '/nonsense'],
  ['__proto__=1', '/__proto__'],
  ['toString=1', '/toString'],
];
const BENCHMARK: [string, string][] = [
  ['benchmark=nonsense', '/benchmark'],
  ['benchmark=', '/benchmark'],
  ['benchmark=dora-2023&benchmark=dora-2023', '/benchmark'],
  ['benchmark=%00', '/benchmark'],
];
const PAGED: [string, string][] = [
  ['limit=0', '/limit'],
  ['limit=1001', '/limit'],
  ['limit=1e400', '/limit'],
  ['limit=9223372036854775808', '/limit'],
  ['cursor=nonsense', '/cursor'],
  [`cursor=${cursor(null)}`, '/cursor'],
  [`cursor=${cursor([1, 2])}`, '/cursor'],
  [`cursor=${cursor([{}])}`, '/cursor'],
  [`cursor=${cursor([0, 0, 1, 9e15, 'a\0', 'b', 'c', 'd', 'e', 'f'])}`, '/cursor'],
  [`cursor=${cursor([1e300, 0, 1, 0, 'a', 'b', 'c', 'd', 'e', 'f'])}`, '/cursor'],
];

const ROUTES: [string, [string, string][]][] = [
  [
    '/dora/summary?',
    [...COMMON, ...BENCHMARK, ['bucket=day', '/bucket'], ['metric=lead_time', '/metric'], ['limit=1', '/limit']],
  ],
  [
    '/dora/series?',
    [
      ...COMMON,
      ...BENCHMARK,
      ['bucket=hour', '/bucket'],
      ['bucket=', '/bucket'],
      ['bucket=day&bucket=week', '/bucket'],
    ],
  ],
  ['/dora/pipelines?', [...COMMON, ...BENCHMARK, ...PAGED]],
  ['/dora/explain?metric=lead_time&', [...COMMON, ...PAGED, ['benchmark=dora-2023', '/benchmark']]],
  [
    '/dora/explain?',
    [
      ['', '/metric'],
      ['metric=', '/metric'],
      ['metric=nonsense', '/metric'],
      ['metric=constructor', '/metric'],
    ],
  ],
];

describe('a query of the metrics that makes no sense is refused by name:', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const CASES = ROUTES.flatMap(([path, queries]) =>
    queries.map(([query, pointer]) => [path, query.slice(0, 60), query, pointer] as const),
  );

  it.each(CASES)('%s%s', async (path, _shown, query, pointer) => {
    const problem = await problemOf(await app.request('GET', path + query));
    expect(problem).toMatchObject({ status: 400, pointers: [pointer] });
  });

  it.each([
    ['bytes that are no UTF-8', 'pipeline=%ff%fe'],
    ['half an escape', 'pipeline=%'],
    ['an escaped surrogate', 'pipeline=%ed%a0%80'],
    ['a thousand names', Array.from({ length: 1000 }, (_, n) => `pipeline=p${n}`).join('&')],
    ['nothing', '&&&=&'],
    ['a year with leap second', 'from=2016-12-31T23:59:60Z'],
  ])('%s: never a fault of ours', async (_what, query) => {
    for (const path of [
      '/dora/summary',
      '/dora/series',
      '/dora/pipelines',
      '/events',
      '/commits',
      '/deployments',
      '/pipelines',
    ]) {
      const answer = await app.request('GET', `${path}?${query}`);
      expect([path, [200, 400].includes(answer.status)]).toEqual([path, true]);
    }
  });
});
