import { createHmac } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { Contract } from './support/contract.js';
import { HalfSent, type Head } from './support/half-sent.js';
import { aDeclaration } from './support/hooks.js';
import { aKey } from './support/people.js';

const SECRET = 'a-secret-of-sixteen';
const LARGE = { 'content-type': 'application/json', 'content-length': String(24 * 1024 * 1024) };
const SIGNED = { ...LARGE, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
const NDJSON = { 'content-type': 'application/x-ndjson', 'transfer-encoding': 'chunked' };

describe('before the first byte of a body is read', () => {
  let app: TestApp;
  let senders: HalfSent[] = [];
  beforeAll(async () => {
    app = await startApp({
      DEVOPSTIC_GITHUB_WEBHOOK_SECRET: SECRET,
      DEVOPSTIC_GITLAB_WEBHOOK_SECRET: SECRET,
      DEVOPSTIC_PAGERDUTY_WEBHOOK_SECRET: SECRET,
    });
    const signature = { kind: 'token', header: 'X-Proof', prefix: 'Token ', secrets: [SECRET] };
    await app.request('PUT', '/hooks/by-token', { body: aDeclaration({ signature }) });
  });
  afterEach(() => {
    senders.forEach((sender) => sender.end());
    senders = [];
  });
  afterAll(() => app.close());

  const begin = (head: Head): HalfSent => {
    const sender = new HalfSent(app.url).head(head);
    senders.push(sender);
    return sender;
  };
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

  it('every route that is not for all asks for the credential', async () => {
    const { operations } = await Contract.of(app);
    const routes = operations.filter(
      ([method, , { security }]) => method !== 'GET' && security?.length === 1 && 'bearer' in security[0]!,
    );
    expect(routes.length).toBeGreaterThan(20);
    const answers = routes.map(async ([method, path]) => {
      const { status } = await begin({ method, path: path.replace(/{\w+}/g, 'x'), headers: LARGE }).answer();
      return `${method} ${path} ${status}`;
    });
    expect(await Promise.all(answers)).toEqual(routes.map(([method, path]) => `${method} ${path} 401`));
  });

  it.each([
    ['a batch of lines', { path: '/events/batch', headers: NDJSON }, 401],
    ['a key in the URL', { path: `/webhook/dvo_${'x'.repeat(51)}/events`, headers: LARGE }, 401],
    ['a signed webhook without a signature', { path: '/github/events', headers: LARGE }, 401],
    [
      'a signed webhook of 26 MiB',
      { path: '/github/events', headers: { ...SIGNED, 'content-length': '27262976' } },
      413,
    ],
    ['a webhook that is off', { path: '/circleci/events', headers: LARGE }, 404],
    ['an unknown hook', { path: '/hooks/nobody', headers: LARGE }, 404],
    ['an encoded body', { path: '/tokens', headers: { ...LARGE, 'content-encoding': 'gzip' } }, 415],
    ['an unknown method', { method: 'DELETE', path: '/tokens', headers: LARGE }, 405],
    ['an unknown path', { path: '/nowhere', headers: LARGE }, 404],
    ['a body that is too large', { path: '/tokens', headers: LARGE }, 413],
    ['a body of no type that is taken', { path: '/tokens', headers: { ...LARGE, 'content-type': 'text/plain' } }, 415],
  ])('%s is refused', async (_what, head, status) => {
    expect((await begin(head).answer()).status).toBe(status);
  });

  it('strangers with unfinished bodies are ended, a webhook that is sent in one go is not', async () => {
    const strangers = Array.from({ length: 6 }, () => begin({ path: '/github/events', headers: SIGNED }));
    for (const stranger of strangers) stranger.write(Buffer.alloc(8 * 1024 * 1024));
    const ended = await Promise.race(strangers.map((stranger) => stranger.answer()));
    expect(ended.status).toBe(503);
    expect(ended.text).toMatch(/\r\nretry-after: 5\r\n/i);
    const body = '{"zen":"Design for failure."}';
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    const headers = {
      'x-hub-signature-256': `sha256=${signature}`,
      'x-github-event': 'ping',
      'x-github-delivery': 'd1',
    };
    const answer = await fetch(`${app.url}/github/events`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['gitlab', '/gitlab/events', 'x-gitlab-token', ''],
    ['pagerduty', '/pagerduty/incidents', 'authorization', 'Bearer '],
    ['hooks/by-token', '/hooks/by-token', 'x-proof', 'Token '],
  ])(
    'the secret that a header of %s shows is compared, and who shows another is counted',
    async (source, path, name, prefix) => {
      const refused = async () => {
        const text = await (await app.request('GET', '/metrics')).text();
        const [, count = 0] = text.split(`devopstic_webhook_deliveries_total{source="${source}",outcome="refused"} `);
        return Number.parseInt(String(count));
      };
      const before = await refused();
      for (const shown of ['a-secret-of-another', '']) {
        const headers = { ...LARGE, [name]: `${prefix}${shown}` };
        expect((await begin({ path, headers }).answer()).status).toBe(401);
      }
      expect(await refused()).toBe(before + 2);
      const known = { ...LARGE, 'content-length': '2', [name]: `${prefix}${SECRET}`, expect: '100-continue' };
      expect((await begin({ path, headers: known }).answer()).status).toBe(100);
    },
  );

  it('a key that may not send is refused', async () => {
    const { secret } = await aKey(app, { scopes: ['metrics:read'] });
    const sender = begin({ path: '/events/batch', headers: { ...LARGE, ...bearer(secret) } });
    expect((await sender.answer()).status).toBe(403);
  });

  it.each(['keep-alive', 'close'])(
    'the refusal reaches a sender that is still sending, and then the connection is closed: %s',
    async (connection) => {
      const length = { 'content-type': 'application/json', 'content-length': String(2 ** 40) };
      const sender = begin({ path: '/events/batch', headers: { ...length, connection } });
      const sent = sender.flood();
      const { status, text } = await sender.answer();
      expect(status).toBe(401);
      expect(text).toContain('application/problem+json');
      await sent;
    },
    20_000,
  );

  it('who waits to be asked for the body is refused instead, or asked', async () => {
    const expecting = { ...LARGE, 'content-length': '2', expect: '100-continue' };
    expect((await begin({ path: '/events', headers: expecting }).answer()).status).toBe(401);
    const sender = begin({ path: '/events', headers: { ...expecting, ...bearer(app.admin) } });
    expect((await sender.answer()).text).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    expect((await sender.next().write('{}').answer()).status).toBe(400);
  });

  it('a refused batch of lines is thrown away, for a sender that listens only once it has sent it', async () => {
    const lines = Buffer.alloc(16 * 1024 * 1024, ' ');
    const headers = {
      ...bearer(app.admin),
      'content-type': 'application/x-ndjson',
      'content-length': String(lines.length),
    };
    const sender = begin({ path: '/events/batch?repeated_since=nope', headers }).write(lines);
    expect((await sender.answer()).status).toBe(400);
    sender.next().head({ method: 'GET', path: '/health' });
    expect((await sender.answer()).status).toBe(200);
  });

  it('a connection whose small body was not wanted serves the next request', async () => {
    const sender = begin({ path: '/events', headers: { 'content-type': 'application/json', 'content-length': '2' } });
    expect((await sender.answer()).status).toBe(401);
    sender.write('{}').next().head({ method: 'GET', path: '/health' });
    expect((await sender.answer()).status).toBe(200);
  });
});
