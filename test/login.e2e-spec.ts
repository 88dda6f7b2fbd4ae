import { startApp, type TestApp } from './support/app.js';
import { aUser, logIn, problemOf, tokenOf } from './support/people.js';

const HOUR_MS = 3_600_000;

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ DEVOPSTIC_TOKEN_TTL: '2h' });
});
afterAll(() => app.close());

const me = (token: string): Promise<Response> => app.request('GET', '/users/me', { token });
const medianOf = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

describe('POST /tokens', () => {
  it('answers a token, until when it holds, and that nobody may keep the answer', async () => {
    const answer = await logIn(app, { username: app.config.username, password: app.config.password });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const body = (await answer.json()) as { code: number; token: string; expire: string };
    expect(Object.keys(body)).toEqual(['code', 'token', 'expire']);
    expect(body.code).toBe(200);
    expect(body.expire).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(Math.abs(Date.parse(body.expire) - Date.now() - 2 * HOUR_MS)).toBeLessThan(5000);
    expect((await me(body.token)).status).toBe(200);
  });

  it('answers an unknown user, a disabled one and a wrong password alike', async () => {
    const { id, username, password } = await aUser(app);
    const wrong = await logIn(app, { username, password: 'wrong' });
    const unknown = await logIn(app, { username: 'nobody', password });
    await app.request('PATCH', `/users/${id}`, { body: { disabled: true } });
    const disabled = await logIn(app, { username, password });
    expect(wrong.headers.get('www-authenticate')).toContain('Bearer');
    const problems = await Promise.all([wrong, unknown, disabled].map(problemOf));
    expect(problems[0]).toEqual({ status: 401, detail: 'Wrong username or password', pointers: [] });
    expect(new Set(problems.map((problem) => JSON.stringify(problem))).size).toBe(1);
  });

  it('takes as long for an unknown user as for a wrong password', async () => {
    const { username } = await aUser(app);
    const times: Record<string, number[]> = { [username]: [], nobody2: [] };
    for (let round = 0; round < 7; round += 1) {
      for (const [name, took] of Object.entries(times)) {
        const start = performance.now();
        await logIn(app, { username: name, password: 'wrong' });
        took.push(performance.now() - start);
      }
    }
    const [known = 0, unknown = 0] = Object.values(times).map(medianOf);
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });

  it('refuses an account after ten failures, even with the right password, but no other account', async () => {
    const victim = await aUser(app);
    const other = await aUser(app);
    const guesses = Array.from({ length: 12 }, () => logIn(app, { username: victim.username, password: 'guess' }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const right = await logIn(app, { username: victim.username, password: victim.password });
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await problemOf(right)).status).toBe(429);
    expect((await me(victim.token)).status).toBe(200);
    await expect(tokenOf(app, other)).resolves.toBeTruthy();
  });

  it('does not count right passwords, however many come at once', async () => {
    const person = await aUser(app);
    const tokens = await Promise.all(Array.from({ length: 30 }, () => tokenOf(app, person)));
    expect(tokens).toHaveLength(30);
  });

  it.each([
    ['no username', { password: 'x' }, ['/username']],
    ['no password', { username: 'x' }, ['/password']],
    ['a number for a name', { username: 1, password: 'x' }, ['/username']],
    ['a list for a password', { username: 'x', password: ['x'] }, ['/password']],
    ['null', { username: null, password: null }, ['/username', '/password']],
    ['empty text', { username: '', password: '' }, ['/username', '/password']],
    ['a long name', { username: 'x'.repeat(201), password: 'x' }, ['/username']],
    ['a long password', { username: 'x', password: 'x'.repeat(1025) }, ['/password']],
    ['a NUL', { username: 'x\0', password: 'x\0' }, ['/username', '/password']],
    ['half a surrogate pair', { username: '\ud800', password: 'x' }, ['/username']],
    ['a control character', { username: 'a\nb', password: 'x' }, ['/username']],
    ['an unknown field', { username: 'x', password: 'x', otp: '1' }, ['/otp']],
  ])('refuses %s by name', async (_, body, pointers) => {
    expect(await problemOf(await logIn(app, body))).toMatchObject({ status: 400, pointers });
  });
});
