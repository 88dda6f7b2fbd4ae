import { startApp, type TestApp } from './support/app.js';
import { aUser, logIn, problemOf, tokenOf } from './support/people.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const me = (token: string): Promise<Response> => app.request('GET', '/users/me', { token });
const change = (id: string, body: unknown): Promise<Response> => app.request('PATCH', `/users/${id}`, { body });
const NOBODY = '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11';
const GOOD = { username: 'good', password: 'long enough for it', role: 'viewer' };

describe('POST /users', () => {
  it('creates a user who can log in, and answers no hash', async () => {
    const answer = await app.request('POST', '/users', { body: { ...GOOD, username: 'ada@example.com' } });
    expect(answer.status).toBe(201);
    const user = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(user).toSorted()).toEqual(['created_at', 'disabled', 'id', 'role', 'username']);
    expect(user).toMatchObject({ username: 'ada@example.com', role: 'viewer', disabled: false });
    await expect(tokenOf(app, { ...GOOD, username: 'ada@example.com' })).resolves.toBeTruthy();
  });

  it('refuses a name that is taken, also when two ask for it at once', async () => {
    const body = { ...GOOD, username: 'twice' };
    const answers = await Promise.all([1, 2, 3].map(() => app.request('POST', '/users', { body })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(await problemOf(refused as Response)).toMatchObject({ pointers: ['/username'] });
  });

  it('keeps the password as argon2id only', async () => {
    const { username } = await aUser(app);
    const [row] = await app.dataSource.query<{ password_hash: string }[]>(
      'SELECT password_hash FROM devopstic.users WHERE username = $1',
      [username],
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each([
    ['nothing', {}, ['/username', '/password', '/role']],
    ['a name that is no text', { ...GOOD, username: 5 }, ['/username']],
    ['an empty name', { ...GOOD, username: '' }, ['/username']],
    ['a name with a space', { ...GOOD, username: 'a b' }, ['/username']],
    ['a name with a line break after it', { ...GOOD, username: 'ab\n' }, ['/username']],
    ['a name with a NUL', { ...GOOD, username: 'a\0b' }, ['/username']],
    ['a long name', { ...GOOD, username: 'a'.repeat(101) }, ['/username']],
    ['a short password', { ...GOOD, password: 'elevenchars' }, ['/password']],
    ['a long password', { ...GOOD, password: 'x'.repeat(257) }, ['/password']],
    ['a common password', { ...GOOD, password: 'Password2026!' }, ['/password']],
    ['the name as a password', { ...GOOD, username: 'Ada.Lovelace', password: 'ada.lovelace' }, ['/password']],
    ['a password that is no text', { ...GOOD, password: { length: 9 } }, ['/password']],
    ['a password with a NUL', { ...GOOD, password: 'long enough for it\0' }, ['/password']],
    ['an unknown role', { ...GOOD, role: 'root' }, ['/role']],
    ['a role that is no text', { ...GOOD, role: ['admin'] }, ['/role']],
    ['an unknown field', { ...GOOD, token_version: 3 }, ['/token_version']],
    ['a list', [GOOD], ['']],
  ])('refuses %s, naming it', async (_, body, pointers) => {
    expect(await problemOf(await app.request('POST', '/users', { body }))).toMatchObject({ status: 400, pointers });
  });
});

describe('PATCH /users/{id}', () => {
  it('changes a role at once, without ending tokens', async () => {
    const { id, token } = await aUser(app, 'viewer');
    expect((await app.request('GET', '/users', { token })).status).toBe(403);
    expect(await (await change(id, { role: 'admin' })).json()).toMatchObject({ id, role: 'admin' });
    expect((await app.request('GET', '/users', { token })).status).toBe(200);
  });

  it('ends the tokens of a disabled user for good', async () => {
    const { id, token, ...credentials } = await aUser(app);
    expect((await me(token)).status).toBe(200);
    expect(await (await change(id, { disabled: true })).json()).toMatchObject({ disabled: true });
    expect((await me(token)).status).toBe(401);
    expect((await logIn(app, { ...credentials })).status).toBe(401);
    await change(id, { disabled: false });
    expect((await me(token)).status).toBe(401);
    expect((await me(await tokenOf(app, credentials))).status).toBe(200);
  });

  it('ends the tokens from before a new password, which is the one that counts', async () => {
    const { id, token, username, password } = await aUser(app);
    await change(id, { password: 'a new password' });
    expect((await me(token)).status).toBe(401);
    expect((await logIn(app, { username, password })).status).toBe(401);
    expect((await logIn(app, { username, password: 'a new password' })).status).toBe(200);
  });

  it.each([
    ['nothing', {}, []],
    ['null for a role', { role: null }, ['/role']],
    ['null for a password', { password: null }, ['/password']],
    ['null for disabled', { disabled: null }, ['/disabled']],
    ['text for disabled', { disabled: 'false' }, ['/disabled']],
    ['a short password', { password: 'short' }, ['/password']],
    ['a common password', { password: 'administrator' }, ['/password']],
    ['a password that is the new name', { username: 'Ada.Byron.King', password: 'ada.byron.king' }, ['/password']],
    ['an unknown role', { role: 'root' }, ['/role']],
  ])('refuses %s', async (_, body, pointers) => {
    const { id } = await aUser(app);
    expect(await problemOf(await change(id, body))).toMatchObject({ status: 400, pointers });
  });

  it('knows no user that there is not, and no id that is none', async () => {
    expect((await problemOf(await change(NOBODY, { disabled: true }))).status).toBe(404);
    expect(await problemOf(await change('1', { disabled: true }))).toMatchObject({ status: 400, pointers: ['/id'] });
  });
});

describe('DELETE /users/{id}', () => {
  it('removes the user and ends their tokens; where there was no key, it answers nothing', async () => {
    const { id, token, username, password } = await aUser(app, 'admin');
    expect((await app.request('DELETE', `/users/${id}`)).status).toBe(204);
    expect((await me(token)).status).toBe(401);
    expect((await logIn(app, { username, password })).status).toBe(401);
    expect((await problemOf(await app.request('DELETE', `/users/${id}`))).status).toBe(404);
  });
});
