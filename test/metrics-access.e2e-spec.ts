import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { METRIC_NAMES } from '../src/metrics/catalogue/metrics.js';
import { startApp, type TestApp } from './support/app.js';
import { aClient } from './support/postgres.js';
import { aKey } from './support/people.js';
import { sendBatch } from './support/sending.js';
import { doraPath } from './support/telling.js';
import { workedExample } from './support/worked-example.js';

const DAY = { from: '2026-03-02', to: '2026-03-03' };

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await sendBatch(app, [...workedExample('shop'), ...workedExample('secret')]);
});
afterAll(() => app.close());

describe('a key that is limited to pipelines', () => {
  const ask = async (route: string, query: Record<string, string | string[]>, token: string) =>
    app.request('GET', doraPath(route, { ...DAY, ...query }), { token });
  let token: string;
  beforeAll(async () => {
    token = (await aKey(app, { scopes: ['metrics:read'], pipelines: ['shop'] })).secret;
  });

  it('sees only these', async () => {
    expect(await (await ask('summary', {}, token)).json()).toMatchObject({
      pipelines: ['shop'],
      deployment_frequency: { deployments: 3 },
    });
    expect(await (await ask('series', {}, token)).json()).toMatchObject({ items: [{ lead_time: { count: 3 } }] });
    expect(await (await ask('pipelines', {}, token)).json()).toMatchObject({ items: [{ pipeline_id: 'shop' }] });
    for (const metric of METRIC_NAMES) {
      const { items } = (await (await ask('explain', { metric }, token)).json()) as {
        items: { row: { pipeline_id: string } }[];
      };
      expect(items.filter(({ row }) => row.pipeline_id !== 'shop')).toEqual([]);
    }
  });

  it('is refused another one', async () => {
    for (const route of ['summary', 'series', 'pipelines']) {
      const response = await ask(route, { pipeline: ['shop', 'secret'] }, token);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ errors: [{ pointer: '/pipeline' }] });
    }
  });

  it.each(['summary', 'series', 'pipelines', 'explain'])('reads /dora/%s only with metrics:read', async (route) => {
    const writer = await aKey(app, { scopes: ['events:write'] });
    expect((await ask(route, { metric: 'lead_time' }, writer.secret)).status).toBe(403);
    expect((await app.request('GET', doraPath(route, { metric: 'lead_time' }), { token: null })).status).toBe(401);
  });
});

describe('a role that may use the schema reporting alone', () => {
  const role = `reader_${randomUUID().replaceAll('-', '')}`;
  let reader: pg.Client;

  beforeAll(async () => {
    await app.dataSource.query(`
      CREATE ROLE ${role} LOGIN PASSWORD 'reader';
      GRANT USAGE ON SCHEMA reporting TO ${role};
      GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO ${role}`);
    reader = await aClient({ ...app.database, user: role, password: 'reader' });
  });
  afterAll(async () => {
    await reader.end();
    await app.dataSource.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it('reads every metric and every explanation', async () => {
    for (const metric of METRIC_NAMES) {
      const range = `NULL, NULL, '2026-03-02', '2026-03-03'`;
      expect((await reader.query(`SELECT m.* FROM reporting.${metric}(${range}) AS m`)).rowCount).toBe(1);
      await reader.query(`SELECT e.* FROM reporting.${metric}_explained(${range}) AS e`);
    }
  });

  it('reads the same numbers as the API', async () => {
    const { rows } = await reader.query(
      `SELECT (l.total).median FROM reporting.lead_time('{shop}', NULL, '2026-03-02', '2026-03-03') AS l`,
    );
    expect(rows).toEqual([{ median: 5400 }]);
  });

  it.each(['users', 'api_keys', 'settings', 'webhook_deliveries', 'events', 'deployments'])(
    'cannot read %s',
    async (table) => {
      await expect(reader.query(`SELECT count(*) FROM devopstic.${table}`)).rejects.toThrow('permission denied');
    },
  );

  it('cannot write what it reads', async () => {
    await expect(reader.query('DELETE FROM reporting.deployments')).rejects.toThrow('permission denied');
  });
});
