import { jest } from '@jest/globals';
import { SERVICE } from '../src/audit/actor.js';
import { Sessions } from '../src/auth/sessions.js';
import type { DatabaseConfig } from '../src/config/config.js';
import { createDatabase, dropDatabase, startApp, type TestApp } from './support/app.js';
import { aUser, forged, logIn, type Person, problemOf, tokenOf } from './support/people.js';

const SECRET = 'a secret of thirty-two characters and more';
const DAY = 86_400;

let database: DatabaseConfig;
let app: TestApp;
let other: TestApp;

beforeAll(async () => {
  database = await createDatabase();
  const environment = { DEVOPSTIC_JWT_SECRET: SECRET, DEVOPSTIC_TOKEN_TTL: '2h' };
  [app, other] = await Promise.all([startApp(environment, database), startApp(environment, database)]);
});
afterAll(async () => {
  await Promise.all([app.close(), other.close()]);
  await dropDatabase(database);
});
afterEach(() => jest.restoreAllMocks());

interface Shown {
  id: string;
  current: boolean;
  agent: string | null;
  address: string;
  last_used_at: string;
  expires_at: string;
  ends_at: string;
}

const me = async (token: string, at = app): Promise<number> => (await at.request('GET', '/users/me', { token })).status;
const logOut = async (token: string): Promise<number> => (await app.request('POST', '/logout', { token })).status;
const refresh = (token: string, at = app): Promise<Response> => at.request('GET', '/refresh_token', { token });
const fresh = async (answer: Response): Promise<{ token: string; expire: string }> => {
  expect(answer.status).toBe(200);
  return (await answer.json()) as { token: string; expire: string };
};
const own = async (token: string): Promise<Shown[]> =>
  ((await (await app.request('GET', '/users/me/sessions', { token })).json()) as { items: Shown[] }).items;
const remembered = () => new Promise((resolve) => setTimeout(resolve, 3100));
const now = (): number => Math.floor(Date.now() / 1000);

/** As a version without sessions issued it. */
const oldToken = ({ id }: Person, iat = now() - 60): string =>
  forged({ alg: 'HS256' }, { sub: id, ver: 1, iss: 'devopstic', iat, exp: now() + 3600 }, SECRET);

it('opens no session of a login that the audit trail does not have', async () => {
  const ada = await aUser(app);
  const trail = 'ALTER TABLE devopstic.audit_entries';
  await app.dataSource.query(`${trail} ADD CONSTRAINT no_login CHECK (action <> 'login.succeeded') NOT VALID`);
  try {
    expect((await logIn(app, { username: ada.username, password: ada.password })).status).toBe(500);
  } finally {
    await app.dataSource.query(`${trail} DROP CONSTRAINT no_login`);
  }
  expect(await own(ada.token)).toHaveLength(1);
});

describe('POST /logout', () => {
  it('ends the token and those that came of it, on other replicas within three seconds, and no other', async () => {
    const ada = await aUser(app, 'admin');
    const { token: later } = await fresh(await refresh(ada.token));
    const elsewhere = await tokenOf(app, ada);
    for (const token of [ada.token, later, elsewhere]) expect(await me(token, other)).toBe(200);
    expect(await logOut(ada.token)).toBe(204);
    expect([await me(ada.token), await me(later), await me(elsewhere)]).toEqual([401, 401, 200]);
    expect((await problemOf(await refresh(ada.token, other))).status).toBe(401);
    await remembered();
    expect([await me(ada.token, other), await me(later, other), await me(elsewhere, other)]).toEqual([401, 401, 200]);
    expect(await logOut(ada.token)).toBe(401);
  });

  it('ends no key', async () => {
    const ada = await aUser(app, 'admin');
    const body = { name: 'job', scopes: ['metrics:read'] };
    const made = await app.request('POST', '/api-keys', { token: ada.token, body });
    const { secret } = (await made.json()) as { secret: string };
    await logOut(ada.token);
    expect((await app.request('GET', '/pipelines', { token: secret })).status).toBe(200);
    expect((await app.request('POST', '/logout', { token: secret })).status).toBe(403);
  });
});

describe('a token of a version without sessions', () => {
  it('holds, can be renewed, and is logged out for itself', async () => {
    const ada = await aUser(app);
    const [one, two] = [oldToken(ada), oldToken(ada, now() - 90)];
    expect([await me(one), await me(one, other), await me(two)]).toEqual([200, 200, 200]);
    const { token: renewed } = await fresh(await refresh(one));
    expect(await logOut(one)).toBe(204);
    expect([await me(one), await me(two), await me(renewed)]).toEqual([401, 200, 200]);
    expect((await problemOf(await refresh(one, other))).status).toBe(401);
    await remembered();
    expect([await me(one, other), await me(two, other)]).toEqual([401, 200]);
    expect((await own(renewed)).map(({ current }) => current)).toEqual([true, false]);
  });

  it('ends with all sessions of the user', async () => {
    const ada = await aUser(app);
    const old = oldToken(ada);
    expect(await me(old)).toBe(200);
    expect((await app.request('DELETE', `/users/${ada.id}/sessions`)).status).toBe(204);
    expect(await me(old)).toBe(401);
  });
});

describe('no token outlives the end of its session', () => {
  const soon = 600;
  const endSoon = ({ id }: Person) =>
    app.dataSource.query(`UPDATE devopstic.sessions SET ends_at = now() + interval '600 s' WHERE user_id = $1`, [id]);
  const left = ({ expire }: { expire: string }): number => (Date.parse(expire) - Date.now()) / 1000;

  it('which is 30 days after the login', async () => {
    const { token } = await aUser(app);
    const [session] = await own(token);
    expect(Math.round((Date.parse(session?.ends_at ?? '') - Date.now()) / 1000 / DAY)).toBe(30);
  });

  it('however it is renewed: by a fresh token, by another password', async () => {
    const ada = await aUser(app);
    expect(left(await fresh(await refresh(ada.token)))).toBeGreaterThan(soon + 60);
    await endSoon(ada);
    const renewed = await fresh(await refresh(ada.token));
    expect(left(renewed)).toBeLessThanOrEqual(soon);
    const body = { current_password: ada.password, new_password: 'a new password' };
    const changed = await fresh(await app.request('PUT', '/users/me/password', { token: renewed.token, body }));
    expect(left(changed)).toBeLessThanOrEqual(soon);
    expect([await me(renewed.token), await me(changed.token)]).toEqual([401, 200]);
    expect(await own(changed.token)).toMatchObject([{ current: true }]);
  });

  it('counted from the first token that names none', async () => {
    const ada = await aUser(app);
    const renewed = await fresh(await refresh(oldToken(ada, now() - 30 * DAY + soon)));
    expect(left(renewed)).toBeLessThanOrEqual(soon);
  });
});

describe('a list of sessions', () => {
  it('shows a user where they are logged in, and lets them end each', async () => {
    const ada = await aUser(app);
    const headers = { 'user-agent': 'a browser '.repeat(40) };
    const body = { username: ada.username, password: ada.password };
    const elsewhere = await fresh(await app.request('POST', '/tokens', { token: null, body, headers }));
    const answer = await app.request('GET', '/users/me/sessions', { token: ada.token });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const items = await own(ada.token);
    expect(items).toMatchObject([
      {
        current: false,
        address: '127.0.0.1',
        agent: headers['user-agent'].slice(0, 200),
        expires_at: elsewhere.expire,
      },
      { current: true, agent: 'node' },
    ]);
    expect(Object.keys(items[0] ?? {})).not.toContain('user_id');
    const end = (id = '') => app.request('DELETE', `/users/me/sessions/${id}`, { token: ada.token });
    expect((await end(items[0]?.id)).status).toBe(204);
    expect([await me(elsewhere.token), await me(ada.token)]).toEqual([401, 200]);
    expect((await problemOf(await end(items[0]?.id))).status).toBe(404);
    expect(await problemOf(await end('nonsense'))).toMatchObject({ status: 400, pointers: ['/id'] });
    const others = await own((await aUser(app)).token);
    expect((await problemOf(await end(others[0]?.id))).status).toBe(404);
  });

  it('is for the user and for admins', async () => {
    const [ada, bob] = [await aUser(app), await aUser(app, 'editor')];
    const path = `/users/${ada.id}/sessions`;
    for (const [method, of] of [
      ['GET', path],
      ['DELETE', path],
      ['DELETE', `${path}/${ada.id}`],
    ] as const) {
      expect((await problemOf(await app.request(method, of, { token: bob.token }))).status).toBe(403);
    }
    const { items } = (await (await app.request('GET', path)).json()) as { items: Shown[] };
    expect(items).toMatchObject([{ current: false }]);
    const end = (session = '', user = ada.id) => app.request('DELETE', `/users/${user}/sessions/${session}`);
    expect((await problemOf(await end(items[0]?.id, bob.id))).status).toBe(404);
    expect(await problemOf(await end('nonsense'))).toMatchObject({ status: 400, pointers: ['/session'] });
    expect((await end(items[0]?.id)).status).toBe(204);
    expect([await me(ada.token), await me(bob.token)]).toEqual([401, 200]);
    const nobody = await app.request('GET', '/users/6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11/sessions');
    expect((await problemOf(nobody)).status).toBe(404);
  });

  it('comes page by page', async () => {
    const ada = await aUser(app);
    for (let index = 0; index < 4; index += 1) await tokenOf(app, ada);
    const seen: string[] = [];
    let cursor = '';
    do {
      const answer = await app.request('GET', `/users/${ada.id}/sessions?limit=2${cursor}`);
      const page = (await answer.json()) as { items: Shown[]; next: string | null };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  });

  it('is empty once the user is disabled, and once all are ended', async () => {
    const ada = await aUser(app);
    const list = async () =>
      ((await (await app.request('GET', `/users/${ada.id}/sessions`)).json()) as { count: number }).count;
    await tokenOf(app, ada);
    expect(await list()).toBe(2);
    await app.request('DELETE', `/users/${ada.id}/sessions`);
    expect([await list(), await me(ada.token)]).toEqual([0, 401]);
    expect(await me(await tokenOf(app, ada))).toBe(200);
    await app.request('PATCH', `/users/${ada.id}`, { body: { disabled: true } });
    expect(await list()).toBe(0);
  });
});

describe('sessions', () => {
  it('are asked for once in three seconds, whatever is requested', async () => {
    const { token } = await aUser(app);
    const asked = jest.spyOn(app.dataSource, 'query');
    const statuses = await Promise.all(Array.from({ length: 30 }, () => me(token)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const looks = asked.mock.calls.filter(([sql]) => /^SELECT .* FROM devopstic\.sessions/.test(sql));
    expect(looks.length).toBeLessThanOrEqual(1);
  });

  it('say when they were used last', async () => {
    const ada = await aUser(app);
    const { sid } = JSON.parse(Buffer.from(ada.token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string };
    await app.dataSource.query(`UPDATE devopstic.sessions SET last_used_at = now() - interval '1 h' WHERE id = $1`, [
      sid,
    ]);
    await me(ada.token);
    let last = 0;
    while (last < Date.now() - 60_000) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const [session] = await own(ada.token);
      last = Date.parse(session?.last_used_at ?? '');
    }
    expect(last).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it('that are over are taken away by later logins', async () => {
    const [ada, bob] = [await aUser(app), await aUser(app)];
    const over = `UPDATE devopstic.sessions SET expires_at = now() - interval '1 s' WHERE user_id = $1`;
    await app.dataSource.query(over, [ada.id]);
    expect((await (await app.request('GET', `/users/${ada.id}/sessions`)).json()) as object).toMatchObject({
      items: [],
    });
    await logIn(app, { username: bob.username, password: bob.password });
    const sql = 'SELECT id FROM devopstic.sessions WHERE user_id = $1';
    expect(await app.dataSource.query<unknown[]>(sql, [ada.id])).toEqual([]);
  });

  it('are not opened for who was changed since the password was proven', async () => {
    const { id } = await aUser(app);
    const from = { address: '192.0.2.1', agent: null };
    const opened = app.app.get(Sessions).open({ id, username: 'ada', token_version: 2 }, from, SERVICE);
    await expect(opened).rejects.toMatchObject({ status: 401 });
  });
});
