import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, logIn, problemOf } from './support/people.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const me = (token: string): Promise<Response> => app.request('GET', '/users/me', { token });

describe('PUT /users/me/password', () => {
  const put = (token: string, body: unknown): Promise<Response> =>
    app.request('PUT', '/users/me/password', { token, body });

  it('changes the password, ends the tokens and answers a new one', async () => {
    const { token, username, password } = await aUser(app);
    const answer = await put(token, { current_password: password, new_password: 'a new password' });
    expect(answer.status).toBe(200);
    const fresh = ((await answer.json()) as { token: string }).token;
    expect((await me(token)).status).toBe(401);
    expect((await me(fresh)).status).toBe(200);
    expect((await logIn(app, { username, password: 'a new password' })).status).toBe(200);
  });

  it('wants the current password, and lets nobody guess it', async () => {
    const { token } = await aUser(app);
    const guess = { current_password: 'guess', new_password: 'a new password' };
    expect(await problemOf(await put(token, guess))).toMatchObject({ status: 403, pointers: ['/current_password'] });
    for (let index = 0; index < 9; index += 1) await put(token, guess);
    expect((await put(token, guess)).status).toBe(429);
    expect((await me(token)).status).toBe(200);
  });

  it('lets one of two changes at once win', async () => {
    const { token, password, username } = await aUser(app);
    const wishes = ['the first wish', 'the second wish'];
    const answers = await Promise.all(
      wishes.map((new_password) => put(token, { current_password: password, new_password })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect((await me(((await won[0]!.json()) as { token: string }).token)).status).toBe(200);
    const winner = wishes[answers.findIndex(({ status }) => status === 200)];
    expect((await logIn(app, { username, password: winner })).status).toBe(200);
  });

  it('takes neither a common password nor the own name', async () => {
    const { token, username, password } = await aUser(app);
    for (const new_password of ['Password2026!', username.toUpperCase()]) {
      const answer = await put(token, { current_password: password, new_password });
      expect(await problemOf(answer)).toMatchObject({ status: 400, pointers: ['/new_password'] });
    }
    expect((await me(token)).status).toBe(200);
  });

  it('is not for keys', async () => {
    const { secret } = await aKey(app, { scopes: ['admin'] });
    expect((await put(secret, { current_password: 'x', new_password: 'a new password' })).status).toBe(403);
  });

  it.each([
    ['nothing', {}, ['/current_password', '/new_password']],
    ['a short one', { current_password: 'x', new_password: 'short' }, ['/new_password']],
    ['numbers', { current_password: 1, new_password: 12345678 }, ['/current_password', '/new_password']],
    [
      'a long one',
      { current_password: 'x'.repeat(1025), new_password: 'x'.repeat(257) },
      ['/current_password', '/new_password'],
    ],
    ['an unknown field', { current_password: 'x', new_password: 'long enough for it', role: 'admin' }, ['/role']],
  ])('refuses %s', async (_, body, pointers) => {
    expect(await problemOf(await put(app.admin, body))).toMatchObject({ status: 400, pointers });
  });
});
