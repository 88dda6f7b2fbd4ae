import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, forged, problemOf, type Person } from './support/people.js';
import { rowCounts } from './support/row-counts.js';

const SECRET = 'a secret of thirty-two characters and more';
const EVENT = { type: 'commit', pipeline_id: 'shop', commit_id: 'c1' };
const DEPLOYMENT = { pipeline_id: 'shop', environment: 'production', commit_id: 'c1' };
const INCIDENT = { pipeline_id: 'shop', incident_id: 'i1', state: 'open' };

const WRITES: [string, string, unknown][] = [
  ['POST', '/events', EVENT],
  ['POST', '/events/batch', [EVENT]],
  ['POST', '/deployments', DEPLOYMENT],
  ['POST', '/incidents', INCIDENT],
];
const ADMINISTERS: [string, string, unknown][] = [
  ['POST', '/users', { username: 'eve', password: 'correct horse battery', role: 'admin' }],
  ['POST', '/api-keys', { name: 'eve', scopes: ['admin'] }],
];
const READS: [string, string, unknown][] = [
  '/events',
  '/commits',
  '/deployments',
  '/incidents',
  '/pipelines',
  '/dora/summary',
  '/dora/series',
  '/dora/pipelines',
  '/dora/explain?metric=lead_time',
].map((path) => ['GET', path, undefined]);

describe('nothing is done for', () => {
  let app: TestApp;
  let admin: Person;
  let sound: string;
  let credentials: Record<string, string>;
  let before: Record<string, number>;

  beforeAll(async () => {
    app = await startApp({ DEVOPSTIC_JWT_SECRET: SECRET });
    admin = await aUser(app, 'admin');
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: admin.id, ver: 1, iss: 'devopstic', iat: now - 10, exp: now + 3600 };
    const bearer = (token: string): string => `Bearer ${token}`;
    const [head, body, signature] = admin.token.split('.');
    const revoked = await aKey(app, { scopes: ['admin'] });
    await app.request('DELETE', `/api-keys/${revoked.id}`);
    // Proves that the others are refused for what is wrong with them.
    sound = `Bearer ${forged({ alg: 'HS256' }, claims, SECRET)}`;
    credentials = {
      'an expired token': bearer(forged({ alg: 'HS256' }, { ...claims, iat: now - 7200, exp: now - 3600 }, SECRET)),
      'a token of alg none': bearer(forged({ alg: 'none' }, claims, null)),
      'a token of alg None': bearer(forged({ alg: 'None' }, claims, null)),
      'a token of another algorithm': bearer(forged({ alg: 'HS512' }, claims, SECRET)),
      'a token signed by another': bearer(forged({ alg: 'HS256' }, claims, `${SECRET}!`)),
      'a token of another issuer': bearer(forged({ alg: 'HS256' }, { ...claims, iss: 'elsewhere' }, SECRET)),
      'a token of no user': bearer(forged({ alg: 'HS256' }, { ...claims, sub: randomUUID() }, SECRET)),
      'a token of a user that is no id': bearer(forged({ alg: 'HS256' }, { ...claims, sub: "' OR 1=1" }, SECRET)),
      'a token without expiry': bearer(forged({ alg: 'HS256' }, { ...claims, exp: undefined }, SECRET)),
      'a token of a former password': bearer(forged({ alg: 'HS256' }, { ...claims, ver: 0 }, SECRET)),
      'a token without its signature': bearer(`${head}.${body}.`),
      'a token with half its signature': bearer(`${head}.${body}.${signature?.slice(0, 20)}`),
      'a token whose claims are not JSON': bearer(`${head}.bm9uc2Vuc2U.${signature}`),
      'a revoked key': bearer(revoked.secret),
      'an unknown key': bearer(`dvo_${'x'.repeat(52)}`),
      'half a key': bearer(revoked.secret.slice(0, 12)),
      'no token at all': 'Bearer',
      'a blank token': 'Bearer  ',
      'a word': 'nonsense',
      'a password': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      'a very long token': bearer('x'.repeat(8000)),
      'bytes that are no text': 'Bearer \u00ff\u00fe',
    };
    before = await rowCounts(app);
  });
  afterEach(async () => expect(await rowCounts(app)).toEqual(before));
  afterAll(() => app.close());

  const call = (
    [method, path, body]: [string, string, unknown],
    authorization: string | undefined,
  ): Promise<Response> =>
    app.request(method, path, { token: null, body, headers: authorization === undefined ? {} : { authorization } });

  const NAMES = [
    ...['an expired token', 'a token of alg none', 'a token of alg None', 'a token of another algorithm'],
    ...[
      'a token signed by another',
      'a token of another issuer',
      'a token of no user',
      'a token of a user that is no id',
    ],
    ...['a token without expiry', 'a token of a former password', 'a token without its signature'],
    ...['a token with half its signature', 'a token whose claims are not JSON', 'a revoked key', 'an unknown key'],
    ...['half a key', 'no token at all', 'a blank token', 'a word', 'a password', 'a very long token'],
    ...['bytes that are no text', 'nobody'],
  ];

  it.each(NAMES)('%s: 401', async (name) => {
    expect(name in credentials || name === 'nobody').toBe(true);
    for (const route of [...WRITES, ...ADMINISTERS, ...READS]) {
      const answer = await call(route, credentials[name]);
      expect([route[1], (await problemOf(answer)).status]).toEqual([route[1], 401]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it('none of these, but for one with all that is due', async () => {
    for (const route of READS) {
      const answer = await call(route, sound);
      expect([route[1], answer.status]).toEqual([route[1], 200]);
    }
  });

  it('a key in the URL that is unknown, revoked or may not send', async () => {
    const reader = (await aKey(app, { scopes: ['metrics:read'] })).secret;
    before = await rowCounts(app);
    for (const [key, status] of [
      ['nonsense', 401],
      [`dvo_${'x'.repeat(52)}`, 401],
      [credentials['a revoked key']?.slice(7), 401],
      [app.admin.slice(0, 250), 401],
      ['%00', 401],
      ["'", 401],
      [reader, 403],
    ]) {
      const answer = await app.request('POST', `/webhook/${key}/events`, { token: null, body: EVENT });
      expect([key, (await problemOf(answer)).status]).toEqual([key, status]);
    }
  });

  it.each([
    ['a viewer', async () => (await aUser(app, 'viewer')).token, [...WRITES, ...ADMINISTERS]],
    [
      'a key that may only read',
      async () => (await aKey(app, { scopes: ['metrics:read'] })).secret,
      [...WRITES, ...ADMINISTERS],
    ],
    ['an editor', async () => (await aUser(app, 'editor')).token, ADMINISTERS],
    ['a key that may only write', async () => (await aKey(app)).secret, [...READS, ...ADMINISTERS]],
  ])('%s beyond its permission: 403', async (_who, tokenOf, routes) => {
    const token = await tokenOf();
    before = await rowCounts(app);
    for (const route of routes) {
      const { status } = await problemOf(await call(route, `Bearer ${token}`));
      expect([route[1], status]).toEqual([route[1], 403]);
    }
  });

  it('a key of other pipelines: 403 naming the field, or rejected in a batch', async () => {
    const { secret } = await aKey(app, { scopes: ['events:write', 'metrics:read'], pipelines: ['shop-api', 'Shop'] });
    before = await rowCounts(app);
    for (const route of [WRITES[0], WRITES[2], WRITES[3]]) {
      const answer = await call(route as (typeof WRITES)[0], `Bearer ${secret}`);
      expect(await problemOf(answer)).toMatchObject({ status: 403, pointers: ['/pipeline_id'] });
    }
    const url = await app.request('POST', `/webhook/${secret}/events`, { token: null, body: EVENT });
    expect(await problemOf(url)).toMatchObject({ status: 403, pointers: ['/pipeline_id'] });
    const batch = await call(['POST', '/events/batch', [EVENT, EVENT]], `Bearer ${secret}`);
    expect(await batch.json()).toMatchObject({ accepted: 0, rejected: 2, errors: [{ pointer: '/pipeline_id' }, {}] });
    for (const [method, path, body] of READS) {
      const query = `${path.includes('?') ? '&' : '?'}pipeline=shop`;
      const answer = await call([method, path + query, body], `Bearer ${secret}`);
      expect(await problemOf(answer)).toMatchObject({ status: 403, pointers: ['/pipeline'] });
    }
  });
});
