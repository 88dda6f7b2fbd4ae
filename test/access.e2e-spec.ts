import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, problemOf } from './support/people.js';

let app: TestApp;
let token: Record<string, string | null>;

beforeAll(async () => {
  app = await startApp();
  const secretOf = async (scopes: string[]): Promise<string> => (await aKey(app, { scopes })).secret;
  token = {
    nobody: null,
    viewer: (await aUser(app, 'viewer')).token,
    editor: (await aUser(app, 'editor')).token,
    admin: (await aUser(app, 'admin')).token,
    'a metrics:read key': await secretOf(['metrics:read']),
    'an events:write key': await secretOf(['events:write']),
    'a key with both scopes': await secretOf(['events:write', 'metrics:read']),
    'an admin key': await secretOf(['admin']),
  };
});
afterAll(() => app.close());

/** One route a level; the bodies are wrong on purpose, so that who may call gets no further than the validation. */
const ROUTES: Record<string, [string, string, unknown?]> = {
  public: ['GET', '/health'],
  user: ['GET', '/users/me'],
  read: ['GET', '/events'],
  write: ['POST', '/events', {}],
  admin: ['POST', '/users', {}],
};

const MAY: Record<string, string[]> = {
  nobody: ['public'],
  viewer: ['public', 'user', 'read'],
  editor: ['public', 'user', 'read', 'write'],
  admin: ['public', 'user', 'read', 'write', 'admin'],
  'a metrics:read key': ['public', 'read'],
  'an events:write key': ['public', 'write'],
  'a key with both scopes': ['public', 'read', 'write'],
  'an admin key': ['public', 'read', 'write', 'admin'],
};

describe.each(Object.entries(MAY))('%s', (who, levels) => {
  it.each(Object.entries(ROUTES))('on a route of level %s', async (level, [method, path, body]) => {
    const answer = await app.request(method, path, { token: token[who] ?? null, body });
    if (levels.includes(level)) {
      expect([200, 400]).toContain(answer.status);
    } else {
      const status = who === 'nobody' ? 401 : 403;
      expect((await problemOf(answer)).status).toBe(status);
      const sends = level === 'write' ? ', Basic realm="devopstic"' : '';
      const reason = status === 403 ? ', error="insufficient_scope"' : sends;
      expect(answer.headers.get('www-authenticate')).toBe(`Bearer realm="devopstic"${reason}`);
    }
  });
});

describe('the published contract', () => {
  interface Operation {
    security?: unknown[];
    responses: Record<string, { content?: Record<string, unknown> }>;
  }
  let paths: Record<string, Record<string, Operation>>;

  beforeAll(async () => {
    const answer = await app.request('GET', '/openapi.json', { token: null });
    paths = ((await answer.json()) as { paths: typeof paths }).paths;
  });

  it('says of every route of ours that it needs a credential, and of logging in that it needs none', () => {
    expect(paths['/tokens']?.['post']?.security).toEqual([{}]);
    for (const path of ['/refresh_token', '/users', '/users/{id}', '/users/me', '/users/me/password', '/api-keys']) {
      for (const [method, { security, responses }] of Object.entries(paths[path] ?? { missing: { responses: {} } })) {
        expect([path, method, security]).toEqual([path, method, [{ bearer: [] }]]);
        for (const status of ['401', '403']) {
          expect(Object.keys(responses[status]?.content ?? {})).toEqual(['application/problem+json']);
        }
      }
    }
  });

  it('names no hash of a password or key', async () => {
    const text = await (await app.request('GET', '/openapi.json', { token: null })).text();
    expect(text).not.toMatch(/password_hash|environment_hash|token_version|"hash"/);
  });
});
