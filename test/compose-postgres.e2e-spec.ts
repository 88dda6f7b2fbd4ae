import { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { createEmptyDatabase, dropDatabase, environmentOf } from './support/app.js';
import { run } from './support/cli.js';
import { readDocument } from './support/documents.js';

describe('docker/postgres.sql', () => {
  let administrator: DatabaseConfig;
  let name: string;
  beforeEach(async () => {
    administrator = await createEmptyDatabase();
    name = `owner_${administrator.name}`;
  });
  afterEach(async () => {
    await query(administrator, [`DROP DATABASE ${name}`, `DROP ROLE ${name}`, `DROP ROLE grafana_${name}`]);
    await dropDatabase(administrator);
  });

  async function query(as: DatabaseConfig, statements: string[]): Promise<void> {
    const client = new Client(connectionOptions(as));
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  /** As psql would read them, but under names that this PostgreSQL does not have yet. */
  function readByPsql(password: string): string[] {
    const sql = readDocument('docker/postgres.sql');
    expect(sql).toMatch(/^\\getenv password DEVOPSTIC_DATABASE_PASSWORD$/m);
    const plain = sql.replaceAll(/^(--|\\).*\n/gm, '').replaceAll(":'password'", `'${password}'`);
    return plain
      .replaceAll(/\bdevopstic\b/g, name)
      .split(';\n')
      .filter(Boolean);
  }

  it('makes a role that may do what the service and its commands need', async () => {
    await query(administrator, readByPsql('a secret of this test'));
    const database = { ...administrator, name, user: name, password: 'a secret of this test' };
    const environment = { ...environmentOf(database), DEVOPSTIC_GRAFANA_PASSWORD: 'another secret' };
    for (const password of ['another secret', 'a changed secret']) {
      const words = ['grafana-role', '--role', `grafana_${name}`];
      const program = run(words, { ...environment, DEVOPSTIC_GRAFANA_PASSWORD: password });
      expect([await program.ended, program.stderr()]).toEqual([0, '']);
      await query({ ...database, user: `grafana_${name}`, password }, ['SELECT count(*) FROM reporting.pipelines']);
    }
    const superuser =
      "DO $$ BEGIN IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN RAISE 'so'; END IF; END $$";
    await query(database, [superuser]);
  });
});
