import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, problemOf } from './support/people.js';

let app: TestApp;
let closed: TestApp;

beforeAll(async () => {
  [app, closed] = await Promise.all([startApp({ DEVOPSTIC_PUBLIC_READ: 'true' }), startApp()]);
  await app.request('POST', '/events', {
    body: { type: 'deploy', pipeline_id: 'shop', environment: 'production', status: 'success', commit_id: 'c1' },
  });
});
afterAll(() => Promise.all([app.close(), closed.close()]));

const READ = [
  '/pipelines',
  '/deployments',
  '/incidents',
  '/commits',
  '/events',
  '/dora/summary',
  '/dora/series',
  '/dora/pipelines',
  '/dora/explain?metric=lead_time',
  '/scope',
  '/teams',
];
const CLOSED: [string, string, ...unknown[]][] = [
  ['POST', '/events', { type: 'commit', pipeline_id: 'shop', commit_id: 'c2' }],
  ['POST', '/events/batch', []],
  ['POST', '/deployments', {}],
  ['POST', '/incidents', {}],
  ['GET', '/users'],
  ['POST', '/users', {}],
  ['GET', '/users/me'],
  ['PUT', '/users/me/password', {}],
  ['GET', '/refresh_token'],
  ['GET', '/api-keys'],
  ['POST', '/api-keys', { name: 'mine', scopes: ['admin'] }],
  ['PUT', '/scope', { rules: {} }],
  ['GET', '/scope/versions'],
  ['GET', '/webhook-deliveries'],
  ['POST', '/webhook-deliveries/6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11/replay'],
];

describe('where reading is open to all', () => {
  it.each(READ)('anyone may GET %s', async (path) => {
    expect((await app.request('GET', path, { token: null })).status).toBe(200);
  });

  it('tells anyone of every pipeline', async () => {
    const answer = await app.request('GET', '/pipelines', { token: null });
    expect(await answer.json()).toMatchObject({ items: [{ pipeline_id: 'shop', events: 1 }] });
  });

  it.each(CLOSED)('nobody without a credential may %s %s', async (method, path, ...[body]) => {
    const answer = await app.request(method, path, { token: null, body });
    expect((await problemOf(answer)).status).toBe(401);
  });

  it('a credential that does not hold is still refused, and not taken for none', async () => {
    for (const authorization of ['', 'Bearer dvo_wrong', 'Bearer a.b.c', 'Basic YTpi']) {
      const answer = await app.request('GET', '/pipelines', { token: null, headers: { authorization } });
      expect((await problemOf(answer)).status).toBe(401);
    }
  });

  it('a key sees no more than it is limited to, and one that may not read sees nothing', async () => {
    const limited = await aKey(app, { scopes: ['metrics:read'], pipelines: ['other'] });
    const answer = await app.request('GET', '/pipelines', { token: limited.secret });
    expect(await answer.json()).toMatchObject({ items: [] });
    const writer = await aKey(app, { scopes: ['events:write'] });
    expect((await app.request('GET', '/pipelines', { token: writer.secret })).status).toBe(403);
  });

  it('users have the rights of their role', async () => {
    const { token } = await aUser(app, 'viewer');
    expect((await app.request('GET', '/pipelines', { token })).status).toBe(200);
    expect((await app.request('POST', '/users', { token, body: {} })).status).toBe(403);
  });
});

it.each(READ)('by default nobody without a credential may GET %s', async (path) => {
  expect((await problemOf(await closed.request('GET', path, { token: null }))).status).toBe(401);
});
