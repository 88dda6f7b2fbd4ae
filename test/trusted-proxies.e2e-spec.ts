import { LIMITS } from '../src/auth/login-throttle.js';
import { startApp, type TestApp } from './support/app.js';
import { aUser } from './support/people.js';

/** The test itself is the peer, at 127.0.0.1. */
const here = async (trusted: string): Promise<TestApp> => startApp({ DEVOPSTIC_TRUSTED_PROXIES: trusted });
const guess = async (app: TestApp, username: string, forwarded: string): Promise<number> => {
  const headers = { 'x-forwarded-for': forwarded };
  const body = { username, password: 'wrong' };
  return (await app.request('POST', '/tokens', { token: null, headers, body })).status;
};
/** The last guess is one more than an address has. */
const guesses = async (app: TestApp, username: string, forwarded: (n: number) => string): Promise<number[]> => {
  const statuses = [];
  for (let n = 1; n <= LIMITS.pair + 1; n += 1) statuses.push(await guess(app, username, forwarded(n)));
  return statuses;
};
const REFUSED_AT_LAST = [...Array<number>(LIMITS.pair).fill(401), 429];

describe('behind a trusted proxy', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await here('10.0.0.0/8, 127.0.0.1');
  });
  afterAll(() => app.close());

  it('wrong passwords are counted for the client, not for the proxy', async () => {
    const { username } = await aUser(app);
    expect(await guesses(app, username, () => '192.0.2.1')).toEqual(REFUSED_AT_LAST);
    expect(await guess(app, username, '192.0.2.2')).toBe(401);
  });

  it('the client is the nearest address that is no trusted proxy, whatever it claims to forward', async () => {
    const { username } = await aUser(app);
    expect(await guesses(app, username, (n) => `203.0.113.${n}, 192.0.2.3, 10.1.2.3`)).toEqual(REFUSED_AT_LAST);
  });
});

describe.each([
  ['no proxy is trusted', ''],
  ['another proxy is trusted', '10.0.0.0/8'],
])('where %s', (_, trusted) => {
  it('a forwarded address is not believed', async () => {
    const app = await here(trusted);
    try {
      const { username } = await aUser(app);
      expect(await guesses(app, username, (n) => `192.0.2.${n}`)).toEqual(REFUSED_AT_LAST);
    } finally {
      await app.close();
    }
  });
});
