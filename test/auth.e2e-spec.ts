import { startApp, type TestApp } from './support/app.js';
import { aUser, forged, problemOf } from './support/people.js';

const SECRET = 'a secret that only this test knows, and that is long';
const HS256 = { alg: 'HS256', typ: 'JWT' };

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ DEVOPSTIC_JWT_SECRET: SECRET });
});
afterAll(() => app.close());

const seconds = (): number => Math.floor(Date.now() / 1000);
const me = (token: string | null): Promise<Response> => app.request('GET', '/users/me', { token });

describe('a user token', () => {
  const claims = async (): Promise<Record<string, unknown>> => {
    const body = Buffer.from(app.admin.split('.')[1] ?? '', 'base64url').toString();
    return JSON.parse(body) as Record<string, unknown>;
  };

  it('is believed when made with our secret, so that what follows is refused for what it says', async () => {
    expect((await me(forged(HS256, await claims(), SECRET))).status).toBe(200);
  });

  it.each([
    ['another secret', HS256, {}, `${SECRET}!`],
    ['alg none', { alg: 'none', typ: 'JWT' }, {}, null],
    ['alg none and a signature', { alg: 'none', typ: 'JWT' }, {}, SECRET],
    ['another algorithm', { alg: 'HS512', typ: 'JWT' }, {}, SECRET],
    ['a past expiry', HS256, { exp: seconds() - 1 }, SECRET],
    ['no expiry', HS256, { exp: undefined }, SECRET],
    ['an expiry that is no number', HS256, { exp: 'tomorrow' }, SECRET],
    ['another issuer', HS256, { iss: 'elsewhere' }, SECRET],
    ['a user that is no UUID', HS256, { sub: "x' OR 1=1" }, SECRET],
    ['an unknown user', HS256, { sub: '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11' }, SECRET],
    ['no user', HS256, { sub: undefined }, SECRET],
    ['another generation', HS256, { ver: 7 }, SECRET],
    ['no generation', HS256, { ver: undefined }, SECRET],
  ])('with %s is refused', async (_, header, changes, secret) => {
    const answer = await me(forged(header, { ...(await claims()), ...changes }, secret));
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="devopstic", error="invalid_token"');
    expect((await problemOf(answer)).status).toBe(401);
  });

  it.each([
    ['nothing after Bearer', 'Bearer'],
    ['no base64', 'Bearer a.b.c'],
    ['dots alone', 'Bearer ...'],
    ['thousands of characters', `Bearer ${'x'.repeat(4000)}`],
    ['two words', 'Bearer a b'],
    ['a password', 'Basic YWRtaW46YWRtaW4='],
    ['no signature', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.'],
    ['broken JSON in it', `Bearer ${Buffer.from('{"alg":"HS256"').toString('base64url')}.e30.x`],
  ])('with %s is refused', async (_, authorization) => {
    const answer = await app.request('GET', '/users/me', { token: null, headers: { authorization } });
    expect((await problemOf(answer)).status).toBe(401);
  });

  it('must be sent', async () => {
    const answer = await me(null);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="devopstic"');
    expect((await problemOf(answer)).status).toBe(401);
  });

  it('ends when it expires, even if it was used before', async () => {
    const short = forged(HS256, { ...(await claims()), exp: seconds() + 2 }, SECRET);
    expect((await me(short)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect((await me(short)).status).toBe(401);
  });
});

describe('GET /refresh_token', () => {
  it('answers a fresh token for the same user, of the same shape', async () => {
    const { id, token } = await aUser(app);
    const answer = await app.request('GET', '/refresh_token', { token });
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { code: number; token: string; expire: string };
    expect(Object.keys(body)).toEqual(['code', 'token', 'expire']);
    expect(await (await me(body.token)).json()).toMatchObject({ id });
  });

  it('gives nothing for a token that has ended', async () => {
    const { id, token } = await aUser(app);
    await app.request('PATCH', `/users/${id}`, { body: { disabled: true } });
    expect((await app.request('GET', '/refresh_token', { token })).status).toBe(401);
  });
});
