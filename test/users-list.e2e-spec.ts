import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, problemOf } from './support/people.js';

let app: TestApp;

beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

interface Page {
  items: { id: string; username: string; role: string }[];
  count: number;
  limit: number;
  next: string | null;
}
const list = async (query: string): Promise<Page> => (await app.request('GET', `/users?${query}`)).json() as never;

describe('GET /users', () => {
  it('lists all by name, page by page, without hashes', async () => {
    for (const name of ['cleo', 'bob', 'dan', 'abe']) {
      await app.request('POST', '/users', { body: { username: name, password: 'long enough for it', role: 'viewer' } });
    }
    const names: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 3; pages += 1) {
      const page = await list(`limit=2${cursor}`);
      expect(page).toMatchObject({ limit: 2, count: page.items.length });
      names.push(...page.items.map(({ username }) => username));
      expect(JSON.stringify(page.items)).not.toMatch(/argon2|hash|version/);
      cursor = `&cursor=${page.next}`;
      if (page.next === null) break;
    }
    expect(names).toEqual(['abe', 'admin', 'bob', 'cleo', 'dan']);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=1001', '/limit'],
    ['limit=x', '/limit'],
    ['cursor=x', '/cursor'],
    [`cursor=${Buffer.from('[7]').toString('base64url')}`, '/cursor'],
    [`cursor=${Buffer.from('[null]').toString('base64url')}`, '/cursor'],
    ['role=admin', '/role'],
  ])('refuses ?%s', async (query, pointer) => {
    expect(await problemOf(await app.request('GET', `/users?${query}`))).toMatchObject({ pointers: [pointer] });
  });
});

describe('the last enabled admin', () => {
  const own = async (): Promise<string> => (await list('')).items.find(({ role }) => role === 'admin')?.id ?? '';

  it.each([
    ['removed', 'DELETE', undefined],
    ['disabled', 'PATCH', { disabled: true }],
    ['demoted', 'PATCH', { role: 'viewer' }],
  ])('cannot be %s', async (_, method, body) => {
    const disabled = await aUser(app, 'admin');
    await app.request('PATCH', `/users/${disabled.id}`, { body: { disabled: true } });
    const id = await own();
    expect((await problemOf(await app.request(method, `/users/${id}`, { body }))).status).toBe(409);
    expect((await list('')).items).toContainEqual(expect.objectContaining({ id, role: 'admin', disabled: false }));
  });

  it('can have the password changed', async () => {
    const answer = await app.request('PATCH', `/users/${await own()}`, { body: { password: 'another password' } });
    expect(answer.status).toBe(200);
  });

  it('stays when all admins are removed at once', async () => {
    const admins = await Promise.all(Array.from({ length: 6 }, () => aUser(app, 'admin')));
    const ids = [...admins.map(({ id }) => id), await own()];
    const { secret: token } = await aKey(app, { scopes: ['admin'] });
    await app.dataSource.query('UPDATE devopstic.api_keys SET owner_id = NULL');
    const answers = await Promise.all(ids.map((id) => app.request('DELETE', `/users/${id}`, { token })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 204, 204, 204, 204, 204, 409]);
    const left = await app.dataSource.query<unknown[]>(
      `SELECT id FROM devopstic.users WHERE role = 'admin' AND NOT disabled`,
    );
    expect(left).toHaveLength(1);
  });
});
