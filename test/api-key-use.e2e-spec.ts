import { ApiKeys } from '../src/auth/api-keys.js';
import { startApp, type TestApp } from './support/app.js';
import { aKey, problemOf } from './support/people.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const users = (token: string): Promise<Response> => app.request('GET', '/users', { token });
const callerOf = (secret: string) => app.app.get(ApiKeys).callerOf(secret);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const NOBODY = '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11';

describe('an API key', () => {
  it('is told by its whole secret only', async () => {
    const { secret } = await aKey(app, { scopes: ['admin'] });
    expect((await users(secret)).status).toBe(200);
    const last = secret.endsWith('A') ? 'B' : 'A';
    for (const wrong of [secret.slice(0, -1) + last, secret.slice(0, -1), `${secret}A`, secret.slice(0, 12), 'dvo_']) {
      expect((await users(wrong)).status).toBe(401);
      expect(await callerOf(wrong)).toBeNull();
    }
  });

  it('may be the password of Basic credentials, of whatever user', async () => {
    const { secret } = await aKey(app, { scopes: ['admin'] });
    const status = async (pair: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
      return (await app.request('GET', '/users', { token: null, headers: { authorization } })).status;
    };
    expect([await status(`alertmanager:${secret}`), await status(`:${secret}`)]).toEqual([200, 200]);
    expect([await status(`${secret}:`), await status(`a:${secret.slice(0, -1)}`), await status('a:b')]).toEqual([
      401, 401, 401,
    ]);
  });

  it('tells its caller what it may do, and for which pipelines', async () => {
    const { secret, id } = await aKey(app, { name: 'ci', pipelines: ['a', 'b'] });
    expect(await callerOf(secret)).toEqual({
      kind: 'key',
      id,
      name: 'ci',
      may: new Set(['write']),
      pipelines: new Set(['a', 'b']),
    });
  });

  it('ends when it expires, even if it was just used', async () => {
    const { secret } = await aKey(app, { scopes: ['admin'], expires_at: new Date(Date.now() + 1000).toISOString() });
    expect((await users(secret)).status).toBe(200);
    await wait(1100);
    expect((await problemOf(await users(secret))).status).toBe(401);
    expect(await callerOf(secret)).toBeNull();
  });

  it('ends at once when it is revoked, and stays in the list with the time of that', async () => {
    const { secret, id } = await aKey(app, { scopes: ['admin'] });
    expect((await users(secret)).status).toBe(200);
    expect((await app.request('DELETE', `/api-keys/${id}`)).status).toBe(204);
    expect((await users(secret)).status).toBe(401);
    const revokedAt = async (): Promise<unknown> => {
      const { items } = (await (await app.request('GET', '/api-keys?limit=1000')).json()) as {
        items: { id: string }[];
      };
      return items.find((key) => key.id === id);
    };
    const first = await revokedAt();
    expect(first).toMatchObject({ revoked_at: expect.stringMatching(/Z$/) as string });
    expect((await app.request('DELETE', `/api-keys/${id}`)).status).toBe(204);
    expect(await revokedAt()).toEqual(first);
  });

  it('knows when it was last used, without writing at every use', async () => {
    const { secret, id } = await aKey(app);
    const lastUse = async (): Promise<Date | null> => {
      const [row] = await app.dataSource.query<{ last_used_at: Date | null }[]>(
        'SELECT last_used_at FROM devopstic.api_keys WHERE id = $1',
        [id],
      );
      return row?.last_used_at ?? null;
    };
    expect(await lastUse()).toBeNull();
    await callerOf(secret);
    while ((await lastUse()) === null) await wait(10);
    const first = await lastUse();
    expect(Math.abs(Date.now() - Number(first))).toBeLessThan(5000);
    for (let use = 0; use < 20; use += 1) await callerOf(secret);
    await wait(100);
    expect(await lastUse()).toEqual(first);
  });

  it('that does not exist cannot be revoked', async () => {
    expect((await problemOf(await app.request('DELETE', `/api-keys/${NOBODY}`))).status).toBe(404);
    expect(await problemOf(await app.request('DELETE', '/api-keys/1'))).toMatchObject({
      status: 400,
      pointers: ['/id'],
    });
  });
});
