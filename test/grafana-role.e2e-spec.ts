import { startApp, type TestApp } from './support/app.js';
import { aReader, type Reader } from './support/reader.js';

describe("Grafana's role", () => {
  let app: TestApp;
  let reader: Reader;
  beforeAll(async () => {
    app = await startApp();
    reader = await aReader(app);
    // It could do so itself: what is refused must not depend on this default.
    await reader.query('SET default_transaction_read_only = off');
  });
  afterAll(async () => {
    await reader.close();
    await app.close();
  });

  const names = async (sql: string): Promise<string[]> =>
    (await app.dataSource.query<{ name: string }[]>(sql)).map(({ name }) => name);

  it('reads every reporting view', async () => {
    const views = await names(`SELECT viewname AS name FROM pg_views WHERE schemaname = 'reporting'`);
    expect(views).toContain('deployments');
    for (const view of views) await reader.query(`SELECT * FROM reporting.${view} LIMIT 1`);
  });

  it('reads none of the tables', async () => {
    const tables = await names(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'devopstic'`);
    expect(tables).toEqual(expect.arrayContaining(['users', 'api_keys', 'settings', 'webhook_deliveries', 'events']));
    for (const table of tables) {
      await expect(reader.query(`SELECT FROM devopstic.${table}`)).rejects.toThrow('permission denied');
    }
  });

  it('calls none of the functions that derive and record', async () => {
    const functions = await names(`
      SELECT DISTINCT p.proname AS name FROM pg_proc AS p WHERE p.pronamespace = 'devopstic'::regnamespace`);
    expect(functions).toEqual(expect.arrayContaining(['record', 'project']));
    const calls = functions.map((name) => reader.query(`SELECT devopstic.${name}(NULL)`));
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringMatching('permission denied') },
      });
    }
  });

  it('sees no column with a secret, a payload, an author or a message', async () => {
    const columns = await names(`
      SELECT c.column_name AS name FROM information_schema.columns AS c WHERE c.table_schema = 'reporting'`);
    const secret = /author|password|hash|token|secret|prefix|header|body|error|username|content|delivery_id|event_ids/;
    expect(columns.filter((column) => secret.test(column))).toEqual([]);
  });

  it('sees of settings what counts as production, from when on days are counted beforehand, and whether rows are due', async () => {
    const { rows, fields } = await reader.query('SELECT * FROM reporting.settings');
    expect(fields.map(({ name }) => name)).toEqual(['production_environments', 'rollup_from', 'rebuild_due']);
    expect(rows).toEqual([[app.config.production_environments, null, false]]);
  });

  it.each([
    `UPDATE reporting.commits SET bot = true`,
    `INSERT INTO reporting.benchmarks (name) VALUES ('mine')`,
    `DELETE FROM reporting.pipelines`,
    'CREATE TABLE reporting.mine (a int)',
    'CREATE TABLE devopstic.mine (a int)',
    'CREATE TABLE public.mine (a int)',
    'CREATE SCHEMA mine',
    'CREATE FUNCTION reporting.mine() RETURNS int LANGUAGE sql RETURN 1',
    'DROP VIEW reporting.commits',
    'CREATE ROLE mine',
    `COPY (SELECT 1) TO '/tmp/mine'`,
    `SELECT pg_read_file('PG_VERSION')`,
  ])('may not %s', async (statement) => {
    await expect(reader.query(statement)).rejects.toThrow(
      /permission denied|must be owner|cannot (update|insert|delete)/,
    );
  });

  it('has no function that runs with the rights of its owner', async () => {
    expect(
      await names(`
      SELECT p.proname AS name FROM pg_proc AS p
      WHERE p.prosecdef AND p.pronamespace IN ('reporting'::regnamespace, 'devopstic'::regnamespace)`),
    ).toEqual([]);
  });
});
