import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, forged, problemOf } from './support/people.js';
import { rowCounts } from './support/row-counts.js';

const SECRET = 'a secret of thirty-two characters and more';
const EVENT = { type: 'commit', pipeline_id: 'shop', commit_id: 'c1' };
const DEPLOYMENT = { pipeline_id: 'shop', environment: 'production', commit_id: 'c1' };
const INCIDENT = { pipeline_id: 'shop', incident_id: 'i1', state: 'open' };

type Route = [string, string, unknown];
const WRITES: Route[] = [
  ['POST', '/events', EVENT],
  ['POST', '/events/batch', [EVENT]],
  ['POST', '/deployments', DEPLOYMENT],
  ['POST', '/incidents', INCIDENT],
];
const ADMINISTERS: Route[] = [
  ['POST', '/users', { username: 'eve', password: 'correct horse battery', role: 'admin' }],
  ['POST', '/api-keys', { name: 'eve', scopes: ['admin'] }],
  ['PUT', '/scope', { rules: { bot_authors: 'eve' } }],
];
const READS: Route[] = [
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

interface Material {
  claims: { sub: string; ver: number; iss: string; iat: number; exp: number };
  /** A token of the service's own, by its parts. */
  parts: string[];
  revoked: string;
}

const signed = (claims: object, secret = SECRET): string => `Bearer ${forged({ alg: 'HS256' }, claims, secret)}`;

const CREDENTIALS: Record<string, (material: Material) => string> = {
  'an expired token': ({ claims }) => signed({ ...claims, iat: claims.iat - 7200, exp: claims.iat - 3600 }),
  'a token of alg none': ({ claims }) => `Bearer ${forged({ alg: 'none' }, claims, null)}`,
  'a token of alg None': ({ claims }) => `Bearer ${forged({ alg: 'None' }, claims, null)}`,
  'a token of another algorithm': ({ claims }) => `Bearer ${forged({ alg: 'HS512' }, claims, SECRET)}`,
  'a token signed by another': ({ claims }) => signed(claims, `${SECRET}!`),
  'a token of another issuer': ({ claims }) => signed({ ...claims, iss: 'elsewhere' }),
  'a token of no user': ({ claims }) => signed({ ...claims, sub: randomUUID() }),
  'a token of a user that is no id': ({ claims }) => signed({ ...claims, sub: "' OR 1=1" }),
  'a token without expiry': ({ claims }) => signed({ ...claims, exp: undefined }),
  'a token of a former password': ({ claims }) => signed({ ...claims, ver: 0 }),
  'a token without its signature': ({ parts: [head, body] }) => `Bearer ${head}.${body}.`,
  'a token with half its signature': ({ parts: [head, body, mac] }) => `Bearer ${head}.${body}.${mac?.slice(0, 20)}`,
  'a token whose claims are not JSON': ({ parts: [head, , mac] }) => `Bearer ${head}.bm9uc2Vuc2U.${mac}`,
  'a revoked key': ({ revoked }) => `Bearer ${revoked}`,
  'an unknown key': () => `Bearer dvo_${'x'.repeat(52)}`,
  'half a key': ({ revoked }) => `Bearer ${revoked.slice(0, 12)}`,
  'no token at all': () => 'Bearer',
  'a blank token': () => 'Bearer  ',
  'a word': () => 'nonsense',
  'a password': () => `Basic ${Buffer.from('admin:admin').toString('base64')}`,
  'a very long token': () => `Bearer ${'x'.repeat(8000)}`,
  'bytes that are no text': () => 'Bearer \u00ff\u00fe',
};

describe('nothing is done for', () => {
  let app: TestApp;
  let material: Material;
  let before: Record<string, number>;

  beforeAll(async () => {
    app = await startApp({ DEVOPSTIC_JWT_SECRET: SECRET });
    const admin = await aUser(app, 'admin');
    const iat = Math.floor(Date.now() / 1000) - 10;
    const revoked = await aKey(app, { scopes: ['admin'] });
    await app.request('DELETE', `/api-keys/${revoked.id}`);
    material = {
      claims: { sub: admin.id, ver: 1, iss: 'devopstic', iat, exp: iat + 3600 },
      parts: admin.token.split('.'),
      revoked: revoked.secret,
    };
    before = await rowCounts(app);
  });
  afterEach(async () => expect(await rowCounts(app)).toEqual(before));
  afterAll(() => app.close());

  const call = ([method, path, body]: Route, authorization: string): Promise<Response> =>
    app.request(method, path, { token: null, body, headers: authorization === '' ? {} : { authorization } });

  it.each([...Object.keys(CREDENTIALS), 'nobody'])('%s: 401', async (name) => {
    for (const route of [...WRITES, ...ADMINISTERS, ...READS]) {
      const answer = await call(route, CREDENTIALS[name]?.(material) ?? '');
      expect([route[1], (await problemOf(answer)).status]).toEqual([route[1], 401]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it('none of these, but for one with all that is due', async () => {
    for (const route of READS) {
      const answer = await call(route, signed(material.claims));
      expect([route[1], answer.status]).toEqual([route[1], 200]);
    }
  });

  it('a key in the URL that is unknown, revoked or may not send', async () => {
    const reader = (await aKey(app, { scopes: ['metrics:read'] })).secret;
    before = await rowCounts(app);
    for (const [key, status] of [
      ['nonsense', 401],
      [`dvo_${'x'.repeat(52)}`, 401],
      [material.revoked, 401],
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
      const answer = await call(route as Route, `Bearer ${secret}`);
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
