import { Writable } from 'node:stream';
import { Config, type DatabaseConfig } from '../src/config/config.js';
import { makeLog } from '../src/logger.js';
import { type Service, startService } from '../src/service.js';
import { ADMIN, createDatabase, dropDatabase, environmentOf } from './support/app.js';

type Line = Record<string, unknown>;

describe('the line of a request', () => {
  let database: DatabaseConfig;
  let service: Service;
  let token: string;
  const written: Buffer[] = [];
  beforeAll(async () => {
    database = await createDatabase();
    const config = new Config({
      ...environmentOf(database),
      DEVOPSTIC_TRUSTED_PROXIES: '127.0.0.1',
      DEVOPSTIC_GITHUB_WEBHOOK_SECRET: 'a secret of github',
      DEVOPSTIC_LOG_LEVEL: 'info',
    });
    const sink = new Writable({ write: (chunk: Buffer, _, done) => done(void written.push(chunk)) });
    service = await startService(config, makeLog(config, sink));
    token = ((await (await call('POST', '/tokens', { body: ADMIN })).json()) as { token: string }).token;
  });
  afterAll(async () => {
    await service.stop();
    await dropDatabase(database);
  });

  let calls = 0;
  function call(
    method: string,
    path: string,
    { body, credential, id }: { body?: unknown; credential?: string; id?: string } = {},
  ) {
    const headers: Record<string, string> = {
      'x-forwarded-for': '198.51.100.7',
      'x-request-id': id ?? `call-${++calls}`,
    };
    if (credential !== undefined) headers['authorization'] = `Bearer ${credential}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    return fetch(service.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  }

  /** What is logged of a call: its line comes after its answer. */
  async function lineOf(method: string, path: string, options: { body?: unknown; credential?: string } = {}) {
    const id = `traced-${++calls}`;
    const answer = await call(method, path, { ...options, id });
    await answer.text();
    for (;;) {
      const lines = Buffer.concat(written).toString().trim().split('\n');
      const line = lines.map((text) => JSON.parse(text) as Line).find(({ request_id }) => request_id === id);
      if (line) return { line, status: answer.status };
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it('says which user did what, from which address behind the proxy', async () => {
    const me = (await (await call('GET', '/users/me', { credential: token })).json()) as { id: string };
    const { line } = await lineOf('DELETE', '/hooks/nobodys?token=x', { credential: token });
    expect(line).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      request_id: expect.any(String),
      method: 'DELETE',
      path: '/hooks/nobodys',
      route: '/hooks/:name',
      address: '198.51.100.7',
      caller: { kind: 'user', id: me.id, name: ADMIN.username },
      ms: expect.any(Number),
      status: 404,
      reason: expect.any(String),
      msg: 'request refused',
    });
  });

  it('names an API key by its id, also where it may not do what it wants', async () => {
    const made = await call('POST', '/api-keys', {
      credential: token,
      body: { name: 'job', scopes: ['events:write'] },
    });
    const { id, secret } = (await made.json()) as { id: string; secret: string };
    const { line } = await lineOf('GET', '/users', { credential: secret });
    expect(line).toMatchObject({ status: 403, caller: { kind: 'key', id, name: 'job' } });
  });

  it('names who has logged in', async () => {
    const { line } = await lineOf('POST', '/tokens', { body: ADMIN });
    expect(line).toMatchObject({ status: 200, caller: { kind: 'user', name: ADMIN.username } });
  });

  it('names the key that is in the path, by its id alone', async () => {
    const made = await call('POST', '/api-keys', { credential: token, body: { name: 'bi', scopes: ['metrics:read'] } });
    const { id, secret } = (await made.json()) as { id: string; secret: string };
    const { line } = await lineOf('POST', `/webhook/${secret}/events`, { body: {} });
    expect(line).toMatchObject({ status: 403, path: '/webhook/{key}/events', caller: { kind: 'key', id } });
    expect(JSON.stringify(line)).not.toContain(secret);
  });

  it.each([
    ['that cannot be decoded', '/hooks/%ff', 400],
    ['with too long a part', `/hooks/${'x'.repeat(400)}`, 414],
  ])('is there of a path %s', async (_, path, status) => {
    const { line } = await lineOf('GET', path);
    expect(line).toMatchObject({ level: 'warn', method: 'GET', path, status, address: '127.0.0.1' });
  });

  it('names nobody where the credential proves nothing', async () => {
    const { line } = await lineOf('GET', '/users', { credential: `${token}x` });
    expect(line).toMatchObject({ status: 401, address: '198.51.100.7' });
    expect(line).not.toHaveProperty('caller');
  });

  it('names the source of a webhook', async () => {
    const { line, status } = await lineOf('POST', '/github/events', { body: {} });
    expect(status).toBe(401);
    expect(line).toMatchObject({ source: 'github', status: 401 });
  });
});
