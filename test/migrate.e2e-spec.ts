import { Client } from 'pg';
import { Config, type DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { isMigrated, isUpToDate } from '../src/database/migrate.js';
import { migrateDatabase } from '../src/database/open-database.js';
import { withMigratedDatabase, withNewDatabase } from '../src/database/with-database.js';
import { Rebuild } from '../src/events/rebuild.js';
import { createDatabase, createEmptyDatabase, dropDatabase, environmentOf, startApp } from './support/app.js';

describe('migrating', () => {
  let database: DatabaseConfig;
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => dropDatabase(database));

  async function query(sql: string, user?: { user: string; password: string }): Promise<Record<string, unknown>[]> {
    const client = new Client(connectionOptions({ ...database, ...user }));
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const configured = (more: Record<string, string> = {}) => new Config({ ...environmentOf(database), ...more });

  it('is done by one of several replicas that start at the same time', async () => {
    const done = await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(database, configured())));
    const counts = done.map(({ migrations }) => migrations.length).toSorted((a, b) => a - b);
    expect(counts).toEqual([0, 0, 0, expect.any(Number)]);
    expect(counts[3]).toBeGreaterThan(1);
  });

  it('lets replicas serve that start at the same time on an empty database', async () => {
    const replicas = await Promise.all([startApp({}, database), startApp({}, database)]);
    for (const replica of replicas) expect((await replica.request('GET', '/health/ready')).status).toBe(200);
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  it('does not begin with a regular expression that only JavaScript can read, unless a scope rule stands before it', async () => {
    const odd = { DEVOPSTIC_PRODUCTION_ENVIRONMENTS: '^(?<name>prod)$', DEVOPSTIC_BOT_AUTHORS: '\\p{Lu}bot' };
    const said = /DEVOPSTIC_BOT_AUTHORS must be .* as PostgreSQL reads it: invalid regular expression/;
    await expect(migrateDatabase(database, configured(odd))).rejects.toThrow(said);
    await migrateDatabase(database, configured());
    await expect(migrateDatabase(database, configured(odd))).rejects.toThrow(
      /DEVOPSTIC_PRODUCTION_ENVIRONMENTS must be/,
    );
    await query(`INSERT INTO devopstic.scope_versions (version, rules, created_by) VALUES
      (1, '{"bot_authors": "bot$", "production_environments": "^prod$"}', 'someone')`);
    const { warnings } = await migrateDatabase(database, configured(odd));
    expect(warnings).toEqual([expect.stringMatching(said), expect.stringContaining('PRODUCTION')]);
  });

  it('leaves nothing half done if it fails', async () => {
    await query('CREATE SCHEMA devopstic');
    await query('CREATE TABLE devopstic.users (in_the_way int)');
    await expect(migrateDatabase(database, configured())).rejects.toThrow(/already exists/);
    expect(await query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'devopstic'`)).toEqual([
      { table_name: 'users' },
    ]);
  });

  it('makes functions and views again only when they have changed', async () => {
    const made = `SELECT oid::int FROM pg_proc WHERE pronamespace = 'devopstic'::regnamespace ORDER BY oid`;
    await migrateDatabase(database, configured());
    const first = await query(made);
    await migrateDatabase(database, configured());
    expect(await query(made)).toEqual(first);
    await query(`UPDATE devopstic.settings SET value = '"another"' WHERE name = 'repeatables'`);
    await migrateDatabase(database, configured());
    const second = await query(made);
    expect(second).toHaveLength(first.length);
    expect(second).not.toEqual(first);
  });

  it('is not done while the functions are of another version, though an old replica may go on', async () => {
    const state = () =>
      withNewDatabase(configured(), async (source) => [await isMigrated(source), await isUpToDate(source)]);
    expect(await state()).toEqual([false, false]);
    await migrateDatabase(database, configured());
    expect(await state()).toEqual([true, true]);
    await query(`UPDATE devopstic.settings SET value = '"another"' WHERE name = 'repeatables'`);
    expect(await state()).toEqual([true, false]);
    await expect(withMigratedDatabase(configured(), async () => 'used')).rejects.toThrow('run devopstic migrate');
  });

  it('lets those who could read the reporting schema read its new views, and nothing else', async () => {
    const reader = { user: `reader_${database.name}`, password: 'secret' };
    await migrateDatabase(database, configured());
    await query(`CREATE ROLE ${reader.user} LOGIN PASSWORD 'secret'`);
    try {
      await query(`GRANT USAGE ON SCHEMA reporting TO ${reader.user}`);
      await query(`UPDATE devopstic.settings SET value = '"another"' WHERE name = 'repeatables'`);
      await migrateDatabase(database, configured());
      const views = await query(`SELECT viewname FROM pg_views WHERE schemaname = 'reporting'`, reader);
      for (const { viewname } of views) await query(`SELECT FROM reporting.${String(viewname)} LIMIT 1`, reader);
      await expect(query('SELECT FROM devopstic.settings', reader)).rejects.toThrow(/permission denied/);
    } finally {
      await query(`DROP OWNED BY ${reader.user}`);
      await query(`DROP ROLE ${reader.user}`);
    }
  });

  it('says that a rebuild is due once a setting that shapes the rows has changed, until it is done', async () => {
    const changed = configured({
      DEVOPSTIC_GITHUB_APPROVAL: 'review',
      DEVOPSTIC_BOT_AUTHORS: '^robot$',
      DEVOPSTIC_PRODUCTION_ENVIRONMENTS: '^p$',
    });
    const due = ['approval', 'bot_authors', 'production_environments'];
    expect((await migrateDatabase(database, configured())).rebuild_due).toEqual([]);
    expect((await migrateDatabase(database, changed)).rebuild_due).toEqual(due);
    expect((await migrateDatabase(database, changed)).rebuild_due).toEqual(due);
    const [stored] = await query(`SELECT value FROM devopstic.settings WHERE name = 'production_environments'`);
    expect(stored).toEqual({ value: '^p$' });
  });

  it('looks after an upgrade whether older rows keep to the sets of values, and begins though some do not', async () => {
    await migrateDatabase(database, configured());
    await query(`ALTER TABLE devopstic.incidents DROP CONSTRAINT incidents_state_check`);
    await query(`INSERT INTO devopstic.incidents (pipeline_id, incident_id, environment, state, opened_at)
      VALUES ('shop', 'i1', 'production', 'closed', now())`);
    await query(`ALTER TABLE devopstic.incidents
      ADD CONSTRAINT incidents_state_check CHECK (state IN ('open', 'resolved')) NOT VALID`);
    const { warnings } = await migrateDatabase(database, configured());
    expect(warnings).toEqual([expect.stringMatching(/incidents .* incidents_state_check$/)]);
    await query(`UPDATE devopstic.incidents SET state = 'open'`);
    expect((await migrateDatabase(database, configured())).warnings).toEqual([]);
    const waiting = await query(`SELECT conname FROM pg_constraint WHERE NOT convalidated`);
    expect(waiting).toEqual([]);
  });

  it('refuses the database of a newer version', async () => {
    await migrateDatabase(database, configured());
    await query(`INSERT INTO devopstic.migrations (timestamp, name) VALUES (9999999999999, 'Future9999999999999')`);
    await expect(migrateDatabase(database, configured())).rejects.toThrow(/newer version .*Future9999999999999/);
  });

  it('needs only the right to create schemas in its database', async () => {
    const owner = { user: `owner_${database.name}`, password: 'secret' };
    await query(`CREATE ROLE ${owner.user} LOGIN PASSWORD 'secret'`);
    await expect(migrateDatabase({ ...database, ...owner }, configured())).rejects.toThrow(/grant it CREATE on the/);
    await query(`REVOKE TEMPORARY ON DATABASE ${database.name} FROM PUBLIC`);
    await query(`GRANT CREATE ON DATABASE ${database.name} TO ${owner.user}`);
    const { migrations } = await migrateDatabase({ ...database, ...owner }, configured());
    expect(migrations).not.toEqual([]);
    const service = await startApp({}, { ...database, ...owner });
    expect((await service.request('GET', '/health/ready')).status).toBe(200);
    await service.request('POST', '/deployments', {
      body: { pipeline_id: 'shop', environment: 'qa', commit_id: 'c1' },
    });
    expect(await service.app.get(Rebuild).one('shop')).toEqual({ pipeline_id: 'shop', events: 1, differing: {} });
    await service.close();
    await query(`DROP OWNED BY ${owner.user} CASCADE`);
    await query(`DROP ROLE ${owner.user}`);
  });

  it('is not yet done: the service is not ready', async () => {
    const copy = await createDatabase();
    const service = await startApp({}, copy);
    await service.dataSource.query(`DELETE FROM devopstic.migrations WHERE name LIKE 'Settings%'`);
    const answer = await service.request('GET', '/health/ready');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    await service.close();
    await dropDatabase(copy);
  });
});
