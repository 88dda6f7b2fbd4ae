import { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { createEmptyDatabase, dropDatabase, environmentOf } from './support/app.js';
import { run } from './support/cli.js';

describe('devopstic grafana-role', () => {
  let database: DatabaseConfig;
  let role: string;
  beforeEach(async () => {
    database = await createEmptyDatabase();
    role = `grafana_${database.name}`;
  });
  afterEach(async () => {
    await dropDatabase(database);
    for (const name of [role, `owner_${database.name}`])
      await query({ ...database, name: 'postgres' }, `DROP ROLE IF EXISTS ${name}`);
  });

  async function query(as: DatabaseConfig, sql: string): Promise<unknown[]> {
    const client = new Client(connectionOptions(as));
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function command(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
    const program = run(['grafana-role', '--role', role], environment);
    const code = await program.ended;
    return { code, output: program.stdout() + program.stderr() };
  }

  const reading = (password: string) =>
    query({ ...database, user: role, password }, 'SELECT count(*)::int FROM reporting.pipelines');

  it('makes the role and shows its password once', async () => {
    const made = await command(environmentOf(database));
    expect(made.code).toBe(0);
    const password = /password is (\S+)/.exec(made.output)?.[1] ?? '';
    expect(await reading(password)).toEqual([{ count: 0 }]);

    const again = await command(environmentOf(database));
    expect(again).toEqual({ code: 0, output: expect.not.stringContaining('password') });
    expect(await reading(password)).toEqual([{ count: 0 }]);
  });

  it('gives it the password of DEVOPSTIC_GRAFANA_PASSWORD, also when that changes', async () => {
    for (const password of ["it's a 'secret'", 'another %s secret']) {
      const { code, output } = await command({ ...environmentOf(database), DEVOPSTIC_GRAFANA_PASSWORD: password });
      expect([code, output]).toEqual([0, expect.not.stringContaining(password)]);
      expect(await reading(password)).toEqual([{ count: 0 }]);
    }
  });

  it('tells what an administrator has to run where we may make no roles, and goes on from there', async () => {
    const owner = `owner_${database.name}`;
    await query(database, `CREATE ROLE ${owner} LOGIN PASSWORD 'secret'`);
    await query(database, `GRANT CREATE ON DATABASE ${database.name} TO ${owner}`);
    const environment = environmentOf({ ...database, user: owner, password: 'secret' });

    const refused = await command(environment);
    expect(refused.code).toBe(1);
    const statements = /^CREATE ROLE[^]*?read_only[^]*?;$[^]*?;$/m.exec(refused.output)?.[0] ?? '';
    await query(database, statements.replace('choose one', 'chosen well'));

    expect(await command(environment)).toEqual({ code: 0, output: expect.stringContaining('nothing else') });
    expect(await reading('chosen well')).toEqual([{ count: 0 }]);
  });
});
