import { startApp, type TestApp } from './support/app.js';
import { aPage, walk } from './support/lists.js';
import { aKey, problemOf } from './support/people.js';
import { putScope } from './support/scoping.js';
import { read, sendBatch } from './support/sending.js';
import { doraPath } from './support/telling.js';
import { workedExample } from './support/worked-example.js';

const DAY = { from: '2026-03-02', to: '2026-03-03' };
const LISTS = ['/events', '/commits', '/deployments', '/incidents', '/pipelines'];
const ROUTES = ['summary', 'series', 'pipelines', 'explain'];
const ALL = ['acme/gateway', 'acme/pay-in', 'acme/pay-out', 'acme/web', 'tools/pay'];

type Query = Record<string, string | string[]>;
type Row = Record<string, string>;

let app: TestApp;
let limited: string;
beforeAll(async () => {
  app = await startApp();
  for (const pipeline_id of ALL) await sendBatch(app, workedExample(pipeline_id));
  await putScope(app, {
    teams: [
      { name: 'payments', pipelines: ['acme/pay-*', 'acme/gateway'] },
      { name: 'nobody', pipelines: ['acme/none', '*'] },
      { name: 'acme & co', pipelines: ['acme/**'] },
    ],
  });
  limited = (await aKey(app, { scopes: ['metrics:read'], pipelines: ['acme/pay-in', 'tools/pay'] })).secret;
});
afterAll(() => app.close());

const pipelinesOf = (items: Row[]) => [...new Set(items.map((row) => row['pipeline_id']))].toSorted();

async function listed(path: string, query: Query, token?: string) {
  return pipelinesOf((await aPage<Row>(app, path, query, token)).items);
}

async function measured(query: Query, token = app.admin): Promise<{ pipelines: string[] | null; deployments: number }> {
  const answer = await app.request('GET', doraPath('summary', { ...DAY, ...query }), { token });
  const { pipelines, deployment_frequency } = (await answer.json()) as {
    pipelines: string[] | null;
    deployment_frequency: { deployments: number };
  };
  return { pipelines, deployments: deployment_frequency.deployments };
}

describe('GET /teams', () => {
  it('lists them by name with the pipelines that they have now', async () => {
    expect(await walk(app, '/teams', { limit: 2 })).toEqual([
      { name: 'acme & co', pipelines: ['acme/gateway', 'acme/pay-in', 'acme/pay-out', 'acme/web'] },
      { name: 'nobody', pipelines: [] },
      { name: 'payments', pipelines: ['acme/gateway', 'acme/pay-in', 'acme/pay-out'] },
    ]);
  });

  it('shows to a key that is limited to pipelines the teams of these, and no other pipeline', async () => {
    expect((await aPage(app, '/teams', {}, limited)).items).toEqual([
      { name: 'acme & co', pipelines: ['acme/pay-in'] },
      { name: 'payments', pipelines: ['acme/pay-in'] },
    ]);
  });

  it('refuses a cursor that somebody made up', async () => {
    const cursor = Buffer.from('[1]').toString('base64url');
    expect((await problemOf(await app.request('GET', `/teams?cursor=${cursor}`))).pointers).toEqual(['/cursor']);
  });
});

describe('a team', () => {
  it.each(LISTS)('narrows %s down to its pipelines, several to those of all', async (path) => {
    expect(await listed(path, { team: 'payments' })).toEqual(['acme/gateway', 'acme/pay-in', 'acme/pay-out']);
    expect(await listed(path, { team: ['payments', 'acme & co'] })).toEqual(ALL.slice(0, 4));
    expect(await listed(path, { team: 'payments', pipeline: ['tools/pay', 'acme/gateway'] })).toEqual([
      'acme/gateway',
      'acme/pay-in',
      'acme/pay-out',
      'tools/pay',
    ]);
  });

  it.each(LISTS)('of no known pipeline has nothing in %s', async (path) => {
    expect(await listed(path, { team: 'nobody' })).toEqual([]);
  });

  it.each(LISTS)('shows in %s nothing that a key may not see', async (path) => {
    expect(await listed(path, { team: 'payments' }, limited)).toEqual(['acme/pay-in']);
    expect(await listed(path, { team: 'payments', pipeline: 'tools/pay' }, limited)).toEqual([
      'acme/pay-in',
      'tools/pay',
    ]);
    expect(await listed(path, { team: 'nobody' }, limited)).toEqual([]);
  });

  it('narrows the metrics down to its pipelines', async () => {
    const payments = ['acme/gateway', 'acme/pay-in', 'acme/pay-out'];
    expect(await measured({})).toEqual({ pipelines: null, deployments: 15 });
    expect(await measured({ team: 'payments' })).toEqual({ pipelines: payments, deployments: 9 });
    expect(await measured({ pipeline: 'tools/pay', team: 'payments' })).toEqual({
      pipelines: ['tools/pay', ...payments],
      deployments: 12,
    });
    expect(await measured({ team: 'payments' }, limited)).toEqual({ pipelines: ['acme/pay-in'], deployments: 3 });
    const query = { ...DAY, team: 'payments' };
    const series = await read<{ items: object[] }>(app, doraPath('series', query));
    expect(series.items).toMatchObject([{ deployment_frequency: { deployments: 9 } }]);
    expect(pipelinesOf((await read<{ items: Row[] }>(app, doraPath('pipelines', query))).items)).toEqual(payments);
    const explained = doraPath('explain', { ...query, metric: 'lead_time' });
    const { items } = await read<{ items: { row: Row }[] }>(app, explained);
    expect(pipelinesOf(items.map(({ row }) => row))).toEqual(payments);
  });

  it('of no known pipeline has nothing in the metrics either', async () => {
    for (const token of [app.admin, limited]) {
      expect(await measured({ team: 'nobody' }, token)).toEqual({ pipelines: [], deployments: 0 });
    }
    for (const route of ROUTES) {
      const metric = route === 'explain' ? { metric: 'lead_time' } : {};
      const answer = await read<{ items?: object[] }>(app, doraPath(route, { ...DAY, ...metric, team: 'nobody' }));
      expect(answer.items ?? []).toHaveLength(route === 'series' ? 1 : 0);
      expect(JSON.stringify(answer)).not.toContain('acme/');
    }
  });

  it('that there is not is refused, and so is a pipeline beside it that the key may not see', async () => {
    const paths = [...LISTS.map((path) => `${path}?`), ...ROUTES.map((route) => `/dora/${route}?metric=lead_time&`)];
    for (const path of paths.map((one) => (one.includes('explain') ? one : one.replace('metric=lead_time&', '')))) {
      const unknown = await problemOf(await app.request('GET', `${path}team=payments&team=strangers`));
      expect([path, unknown]).toMatchObject([path, { status: 400, pointers: ['/team'] }]);
      const empty = await problemOf(await app.request('GET', `${path}team=`));
      expect([path, empty]).toMatchObject([path, { status: 400, pointers: ['/team'] }]);
      const hidden = await problemOf(
        await app.request('GET', `${path}team=payments&pipeline=acme/web`, { token: limited }),
      );
      expect([path, hidden]).toMatchObject([path, { status: 403, pointers: ['/pipeline'] }]);
    }
  });

  it('has a new pipeline as soon as there is one', async () => {
    await sendBatch(app, workedExample('acme/pay-later'));
    expect(await listed('/pipelines', { team: 'payments' })).toContain('acme/pay-later');
  });
});
