import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { FirstAdmin, type FirstCredentials } from '../src/auth/first-admin.js';
import { JwtSecret } from '../src/auth/jwt-secret.js';
import { Passwords } from '../src/auth/passwords.js';
import { Config, type DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { dataSourceOptions } from '../src/database/data-source.js';
import { freePort } from '../src/database/embedded/data-dir.js';
import { Readiness } from '../src/health/readiness.js';
import { ADMIN, createDatabase, dropDatabase, environmentOf, startApp, type TestApp } from './support/app.js';
import { aKey, aUser, forged, logIn, tokenOf } from './support/people.js';

let database: DatabaseConfig;
let running: { close(): Promise<void> }[];
let warnings: jest.SpiedFunction<typeof Logger.prototype.warn>;

beforeEach(async () => {
  warnings = jest.spyOn(Logger.prototype, 'warn');
  database = await createDatabase();
  running = [];
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(running.map((one) => one.close()));
  await dropDatabase(database);
});

/** A replica on this test's database. */
async function replica(environment: Record<string, string> = {}): Promise<TestApp> {
  const app = await startApp(environment, database);
  running.push(app);
  return app;
}

async function restart(app: TestApp, environment: Record<string, string> = {}): Promise<TestApp> {
  running = running.filter((one) => one !== app);
  await app.close();
  return replica(environment);
}

/** The service's own look for an admin, as on an embedded database unless told otherwise. */
async function firstAdmin(environment: Record<string, string> = {}): Promise<() => Promise<FirstCredentials | null>> {
  const dataSource = await new DataSource(dataSourceOptions(database, () => undefined)).initialize();
  running.push({ close: () => dataSource.destroy() });
  const first = new FirstAdmin(new Config(environment), dataSource, new Passwords(), new Readiness());
  return () => first.ensure();
}

/** What the service has warned of, in words. */
const warned = (): unknown[] =>
  warnings.mock.calls.map(([text]): unknown => text).filter((text) => typeof text === 'string');

async function names(app: TestApp): Promise<string[]> {
  const users = await app.dataSource.query<{ username: string }[]>(
    'SELECT username FROM devopstic.users ORDER BY username',
  );
  return users.map(({ username }) => username);
}

const me = (app: TestApp, token: string): Promise<Response> => app.request('GET', '/users/me', { token });

describe('with neither variable and no user', () => {
  it('makes up a password, once, on the embedded database', async () => {
    const ensure = await firstAdmin();
    const made = await ensure();
    expect(made).toMatchObject({ username: 'admin' });
    expect(made?.password.length).toBeGreaterThanOrEqual(20);
    expect(await ensure()).toBeNull();
    const app = await replica({ DEVOPSTIC_USERNAME: 'other' });
    await expect(tokenOf(app, made as FirstCredentials)).resolves.toBeTruthy();
  });

  it('makes up one only when two start at once', async () => {
    const starts = await Promise.all([firstAdmin(), firstAdmin(), firstAdmin()]);
    const made = await Promise.all(starts.map((ensure) => ensure()));
    expect(made.filter((one) => one !== null)).toHaveLength(1);
  });

  it('refuses to start on a database of somebody else, naming both variables', async () => {
    const { DEVOPSTIC_USERNAME: _, DEVOPSTIC_PASSWORD: __, ...environment } = environmentOf(database);
    const ensure = await firstAdmin(environment);
    await expect(ensure()).rejects.toThrow(/DEVOPSTIC_USERNAME.*DEVOPSTIC_PASSWORD/s);
  });
});

describe('with both variables', () => {
  it('starts two replicas at once, whose tokens hold at each other', async () => {
    const [one, two] = await Promise.all([replica(), replica()]);
    expect((await me(one, two.admin)).status).toBe(200);
    expect((await me(two, one.admin)).status).toBe(200);
  });

  it('ends no token by a restart', async () => {
    const before = await replica();
    const after = await restart(before);
    expect((await me(after, before.admin)).status).toBe(200);
  });

  it('lets a changed password take effect, and enables and promotes who was locked out', async () => {
    const before = await replica();
    const other = await aUser(before, 'admin');
    const { id } = (await (await me(before, before.admin)).json()) as { id: string };
    await before.request('PATCH', `/users/${id}`, { token: other.token, body: { role: 'viewer', disabled: true } });
    const after = await restart(before, { DEVOPSTIC_PASSWORD: 'a changed password' });
    expect(await (await me(after, after.admin)).json()).toMatchObject({ username: 'admin', role: 'admin' });
    expect((await logIn(after, ADMIN)).status).toBe(401);
    expect((await me(after, before.admin)).status).toBe(401);
  });

  it('does not take back what was set through the API', async () => {
    const before = await replica();
    const put = { current_password: ADMIN.password, new_password: 'set through the API' };
    expect((await before.request('PUT', '/users/me/password', { body: put })).status).toBe(200);
    const ensure = await firstAdmin(environmentOf(database));
    await expect(ensure()).resolves.toBeNull();
    expect((await logIn(before, ADMIN)).status).toBe(401);
    expect((await logIn(before, { username: 'admin', password: 'set through the API' })).status).toBe(200);
  });

  it('refuses a password that breaks the rules where nobody else is an admin', async () => {
    const weak = { ...environmentOf(database), DEVOPSTIC_PASSWORD: 'Password2026!' };
    const refused = /^DEVOPSTIC_PASSWORD must not be a common password, .*: choose another$/;
    await expect((await firstAdmin(weak))()).rejects.toThrow(refused);
    const before = await replica();
    await expect((await firstAdmin(weak))()).rejects.toThrow(refused);
    expect((await logIn(before, ADMIN)).status).toBe(200);
  });

  it('warns of one where somebody else is, and does not apply it', async () => {
    const before = await replica();
    const weak = { DEVOPSTIC_USERNAME: 'second', DEVOPSTIC_PASSWORD: 'Password2026!' };
    await expect((await firstAdmin({ ...environmentOf(database), ...weak }))()).resolves.toBeNull();
    expect(warned()).toEqual([
      expect.stringMatching(/^DEVOPSTIC_PASSWORD must not be .* It is not applied: choose another$/),
    ]);
    expect(await names(before)).toEqual(['admin']);
  });

  it('starts with one that was applied before there were rules, and leaves it', async () => {
    const before = await replica();
    const hash = await new Passwords().hash('password');
    await before.dataSource.query('UPDATE devopstic.users SET password_hash = $1, environment_hash = $1', [hash]);
    const after = await restart(before, { DEVOPSTIC_PASSWORD: 'password' });
    expect((await me(after, after.admin)).status).toBe(200);
  });

  it('means a user whatever the case, and of two that are alike the exact one', async () => {
    const before = await replica();
    const environment = { ...environmentOf(database), DEVOPSTIC_USERNAME: 'ADMIN' };
    await expect((await firstAdmin(environment))()).resolves.toBeNull();
    await before.dataSource.query(
      `INSERT INTO devopstic.users (username, role, password_hash) VALUES ('Admin', 'viewer', 'none')`,
    );
    await expect((await firstAdmin(environment))()).rejects.toThrow(/may be (admin or Admin|Admin or admin): write it/);
    await expect((await firstAdmin(environmentOf(database)))()).resolves.toBeNull();
    const [{ users }] = await before.dataSource.query('SELECT count(*)::int AS users FROM devopstic.users');
    expect(users).toBe(2);
  });

  it('makes another admin for another name and password, and leaves the first', async () => {
    const before = await replica();
    const after = await restart(before, { DEVOPSTIC_USERNAME: 'second', DEVOPSTIC_PASSWORD: 'another good password' });
    expect(await (await me(after, after.admin)).json()).toMatchObject({ username: 'second', role: 'admin' });
    await expect(tokenOf(after, ADMIN)).resolves.toBeTruthy();
  });
});

describe('once the first admin has another name', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await replica();
    const { id } = (await (await me(app, app.admin)).json()) as { id: string };
    expect((await app.request('PATCH', `/users/${id}`, { body: { username: 'ada' } })).status).toBe(200);
  });

  it('makes no other of the old name, and says who it is', async () => {
    await expect((await firstAdmin(environmentOf(database)))()).resolves.toBeNull();
    expect(await names(app)).toEqual(['ada']);
    expect(warned()).toEqual([expect.stringContaining('set DEVOPSTIC_USERNAME to ada')]);
  });

  it('makes no admin of whoever has the old name now', async () => {
    const viewer = { username: 'admin', password: 'of somebody else', role: 'viewer' };
    expect((await app.request('POST', '/users', { body: viewer })).status).toBe(201);
    await expect((await firstAdmin(environmentOf(database)))()).resolves.toBeNull();
    expect((await logIn(app, { username: viewer.username, password: viewer.password })).status).toBe(200);
    expect(warned()).toEqual([expect.stringContaining('set DEVOPSTIC_USERNAME to ada')]);
  });

  it('starts with a password from before there were rules', async () => {
    const hash = await new Passwords().hash('password');
    await app.dataSource.query('UPDATE devopstic.users SET password_hash = $1, environment_hash = $1', [hash]);
    const weak = { ...environmentOf(database), DEVOPSTIC_PASSWORD: 'password' };
    await expect((await firstAdmin(weak))()).resolves.toBeNull();
    expect(await names(app)).toEqual(['ada']);
    expect(warned()).toEqual([expect.stringContaining(' ada,'), expect.stringContaining('It stays in force')]);
  });

  it('applies a changed password to another admin of the name', async () => {
    const changed = { ...environmentOf(database), DEVOPSTIC_PASSWORD: 'a changed password' };
    await expect((await firstAdmin(changed))()).resolves.toBeNull();
    expect(await names(app)).toEqual(['ada', 'admin']);
    expect(warned()).toEqual([]);
  });
});

describe('two replicas', () => {
  it('agree on one secret when they make it at the same time', async () => {
    const sources = await Promise.all(
      [1, 2, 3, 4].map(() => new DataSource(dataSourceOptions(database, () => undefined)).initialize()),
    );
    running.push(...sources.map((source) => ({ close: () => source.destroy() })));
    const keys = await Promise.all(sources.map((source) => new JwtSecret(new Config({}), source).key()));
    expect(keys.every((key) => key.equals(keys[0] as never))).toBe(true);
    expect(keys[0]?.symmetricKeySize).toBeGreaterThanOrEqual(32);
  });

  it('believe only the secret of the variable where there is one', async () => {
    const app = await replica({ DEVOPSTIC_JWT_SECRET: 'x'.repeat(40) });
    const body = JSON.parse(Buffer.from(app.admin.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect((await me(app, forged({ alg: 'HS256' }, body, 'x'.repeat(40)))).status).toBe(200);
    const settings = await app.dataSource.query(`SELECT 1 FROM devopstic.settings WHERE name = 'jwt_secret'`);
    expect(settings).toEqual([]);
  });

  it('end what the other has ended, within a few seconds', async () => {
    const [one, two] = await Promise.all([replica(), replica()]);
    const [disabled, changed, removed] = await Promise.all([aUser(one), aUser(one), aUser(one)]);
    const key = await aKey(one, { scopes: ['metrics:read', 'admin'] });
    const tokens = [disabled.token, changed.token, removed.token];
    for (const token of tokens) expect((await me(two, token)).status).toBe(200);
    expect((await two.request('GET', '/users', { token: key.secret })).status).toBe(200);
    await one.request('PATCH', `/users/${disabled.id}`, { body: { disabled: true } });
    await one.request('PATCH', `/users/${changed.id}`, { body: { password: 'a new password' } });
    await one.request('DELETE', `/users/${removed.id}`);
    await one.request('DELETE', `/api-keys/${key.id}`);
    await new Promise((resolve) => setTimeout(resolve, 3100));
    for (const token of tokens) expect((await me(two, token)).status).toBe(401);
    expect((await two.request('GET', '/users', { token: key.secret })).status).toBe(401);
  });
});

describe('the start', () => {
  it('is not said to be done before the first admin is there', async () => {
    const port = await freePort();
    const operator = new Client(connectionOptions(database));
    await operator.connect();
    const ready = () => fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    try {
      await operator.query('BEGIN; LOCK TABLE devopstic.users IN SHARE ROW EXCLUSIVE MODE');
      const starting = replica({ DEVOPSTIC_PORT: String(port) });
      let early = await ready();
      for (; early === null; early = await ready()) await new Promise((resolve) => setTimeout(resolve, 50));
      await operator.query('ROLLBACK');
      await starting;
      expect([early.status, early.headers.get('retry-after')]).toEqual([503, '5']);
      expect((await ready())?.status).toBe(200);
    } finally {
      await operator.end();
    }
  });
});
