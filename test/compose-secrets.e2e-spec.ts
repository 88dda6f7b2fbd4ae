import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { createEmptyDatabase, dropDatabase, environmentOf } from './support/app.js';
import { run } from './support/cli.js';
import { compose, references, variablesOf } from './support/compose.js';
import { readDocument, ROOT } from './support/documents.js';

describe('docker/make-secrets.sh', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'devopstic-secrets-'));
    cpSync(`${ROOT}/docker`, join(folder, 'docker'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const make = () => spawnSync('sh', ['docker/make-secrets.sh'], { cwd: folder, encoding: 'utf8' });
  const env = () => readFileSync(join(folder, '.env'), 'utf8');

  it('makes up all that docker-compose.yml asks for, for the owner alone', () => {
    const { status, stdout } = make();
    expect([status, statSync(join(folder, '.env')).mode & 0o777]).toEqual([0, 0o600]);
    const { DEVOPSTIC_USERNAME: username, ...made } = variablesOf(env());
    expect(username).toBe('admin');
    const required = references().filter(({ message }) => message !== null);
    expect(Object.keys(made).toSorted()).toEqual([...new Set(required.map(({ name }) => name))].toSorted());
    expect(Object.values(made).filter((secret) => !/^[A-Za-z0-9]{32}$/.test(secret))).toEqual([]);
    expect(new Set(Object.values(made)).size).toBe(6);
    expect(Object.values(made).filter((secret) => stdout.includes(secret))).toEqual([]);
    expect(compose(made).services['api']?.environment?.['DEVOPSTIC_PASSWORD']).toBe(made['DEVOPSTIC_PASSWORD']);
  });

  it('leaves a .env that there is as it is, a broken link too', () => {
    writeFileSync(join(folder, '.env'), 'MINE=1\n');
    expect(make()).toMatchObject({ status: 1, stderr: expect.stringContaining('was not changed') });
    expect(env()).toBe('MINE=1\n');
    rmSync(join(folder, '.env'));
    symlinkSync('elsewhere', join(folder, '.env'));
    expect(make().status).toBe(1);
    expect(execFileSync('ls', [folder], { encoding: 'utf8' })).toBe('docker\n');
  });
});

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
