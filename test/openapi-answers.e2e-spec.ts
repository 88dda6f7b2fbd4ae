import { startApp, type TestApp, ADMIN } from './support/app.js';
import { Contract } from './support/contract.js';
import { signatureOf } from './support/github-sender.js';
import { allSources } from './support/source-samples.js';
import { workedExample } from './support/worked-example.js';

interface Call {
  body?: unknown;
  raw?: string;
  token?: string | null;
  headers?: Record<string, string>;
}

const PASSWORD = 'another good password';
const sources = await allSources();
const secrets = sources.flatMap(({ secret }) =>
  secret === undefined ? [] : [[secret.variable, secret.value] as const],
);
const RANGE = 'from=2026-03-01&to=2026-03-08';

describe('every answer is as the contract says:', () => {
  let app: TestApp;
  let contract: Contract;
  const succeeded = new Set<string>();

  beforeAll(async () => {
    app = await startApp(Object.fromEntries(secrets));
    contract = await Contract.of(app);
  });
  afterAll(() => app.close());

  /** Calls a route, and holds the answer, which must be of that status, against the contract. */
  async function call(
    status: number,
    method: string,
    path: string,
    options: Call = {},
  ): Promise<Record<string, string>> {
    const { raw, ...rest } = options;
    const answer = raw === undefined ? await app.request(method, path, rest) : await send(method, path, options);
    const text = await answer.text();
    expect([method, path, answer.status, text]).toEqual([method, path, status, text]);
    const template = contract.pathOf(path);
    const responses = contract.document.paths[template]?.[method.toLowerCase()]?.responses ?? {};
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (status < 300) succeeded.add(`${method} ${template}`);
    expect(Object.keys(responses)).toContain(String(status));
    expect(Object.keys(responses[status]?.content ?? { '': {} })).toContain(type);
    if (!type.endsWith('json')) return {};
    const body = JSON.parse(text) as Record<string, string>;
    const place = ['paths', template, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    expect(contract.faults(place, body)).toEqual([]);
    return body;
  }

  const send = (method: string, path: string, { raw, headers = {}, token = app.admin }: Call): Promise<Response> =>
    fetch(app.url + path, {
      method,
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      body: raw ?? null,
    });

  it('users and their tokens', async () => {
    const user = { username: 'ada', password: 'correct horse battery', role: 'admin' };
    await call(200, 'POST', '/tokens', { token: null, body: ADMIN });
    await call(401, 'POST', '/tokens', { token: null, body: { ...ADMIN, password: 'wrong' } });
    await call(400, 'POST', '/tokens', { token: null, body: {} });
    await call(413, 'POST', '/tokens', {
      token: null,
      raw: `"${'x'.repeat(2_000_000)}"`,
      headers: { 'content-type': 'application/json' },
    });
    await call(415, 'POST', '/tokens', { token: null, raw: 'x', headers: { 'content-type': 'text/plain' } });
    await call(200, 'GET', '/refresh_token');
    await call(401, 'GET', '/refresh_token', { token: null });
    const { id } = await call(201, 'POST', '/users', { body: user });
    await call(409, 'POST', '/users', { body: user });
    const { token } = await call(200, 'POST', '/tokens', { token: null, body: { ...user, role: undefined } });
    await call(200, 'GET', '/users/me', { token });
    await call(200, 'PUT', '/users/me/password', {
      token,
      body: { current_password: user.password, new_password: PASSWORD },
    });
    await call(200, 'GET', '/users?limit=1');
    await call(200, 'PATCH', `/users/${id}`, { body: { role: 'viewer' } });
    await call(400, 'PATCH', `/users/${id}`, { body: { role: 'root' } });
    await call(204, 'DELETE', `/users/${id}`);
    await call(404, 'DELETE', `/users/${id}`);
    await call(400, 'DELETE', '/users/nobody');
  });

  it('API keys', async () => {
    const { id, secret } = await call(201, 'POST', '/api-keys', {
      body: { name: 'job', scopes: ['events:write'], pipelines: ['shop'], expires_at: '2099-01-01T00:00:00Z' },
    });
    await call(200, 'GET', '/api-keys');
    await call(403, 'GET', '/api-keys', { token: secret });
    await call(201, 'POST', `/webhook/${secret}/events`, {
      token: null,
      body: { type: 'commit', pipeline_id: 'shop', commit_id: 'c0' },
    });
    await call(403, 'POST', '/events', {
      token: secret,
      body: { type: 'commit', pipeline_id: 'other', commit_id: 'c0' },
    });
    await call(204, 'DELETE', `/api-keys/${id}`);
    await call(401, 'POST', `/webhook/${secret}/events`, { token: null, body: {} });
  });

  it('events', async () => {
    const [event, ...others] = workedExample();
    await call(201, 'POST', '/events', { body: event });
    await call(200, 'POST', '/events', { body: event });
    await call(409, 'POST', '/events', { body: { ...event, commit_id: 'other' } });
    await call(400, 'POST', '/events', { body: { ...event, type: 'nonsense' } });
    await call(200, 'POST', '/events/batch', { body: [...others, { type: 'nonsense' }] });
    const headers = { 'content-type': 'application/x-ndjson' };
    await call(200, 'POST', '/events/batch', { raw: `${JSON.stringify(event)}\nnonsense\n`, headers });
    await call(201, 'POST', '/deployments', {
      body: { pipeline_id: 'shop', environment: 'staging', commit_id: 'unheard-of' },
    });
    await call(201, 'POST', '/incidents', { body: { pipeline_id: 'shop', incident_id: 'i2', state: 'open' } });
  });

  it.each(['/events', '/commits', '/deployments', '/incidents', '/pipelines'])('%s', async (path) => {
    const { items } = await call(200, 'GET', path);
    expect(items?.length).toBeGreaterThan(0);
    await call(200, 'GET', `${path}?limit=1&pipeline=shop`);
    await call(400, 'GET', `${path}?limit=0`);
    await call(401, 'GET', path, { token: null });
  });

  it.each([
    '/dora/summary',
    '/dora/series?bucket=week',
    '/dora/pipelines',
    ...[
      'deployment_frequency',
      'lead_time',
      'time_to_restore',
      'change_failure_rate',
      'failed_deployment_recovery_time',
      'rework_rate',
      'work_waiting',
    ].map((metric) => `/dora/explain?metric=${metric}`),
  ])('%s', async (path) => {
    for (const query of [RANGE, 'from=2001-01-01&to=2001-01-03', `${RANGE}&environment=staging`]) {
      const whole = path + (path.includes('?') ? '&' : '?') + query;
      await call(200, 'GET', whole);
      await call(200, 'GET', whole, { headers: { accept: 'text/csv' } });
    }
    await call(400, 'GET', `${path}${path.includes('?') ? '&' : '?'}nonsense=1`);
  });

  it('webhooks and their deliveries', async () => {
    const push = JSON.stringify({ zen: 'Design for failure.', hook_id: 1 });
    const sent = (raw: string, event: string, signature = signatureOf(raw)): Call => ({
      raw,
      token: null,
      headers: {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': `delivery-${event}`,
        'x-hub-signature-256': signature,
      },
    });
    await call(200, 'POST', '/github/events', sent(push, 'ping'));
    await call(202, 'POST', '/github/events', sent(push, 'star'));
    await call(401, 'POST', '/github/events', sent(push, 'push', 'sha256=00'));
    await call(400, 'POST', '/github/events', sent('{}', 'push'));
    const { items } = (await call(200, 'GET', '/webhook-deliveries')) as unknown as { items: { id: string }[] };
    await call(200, 'GET', `/webhook-deliveries/${items[0]?.id}`);
    await call(200, 'POST', `/webhook-deliveries/${items[0]?.id}/replay`);
    await call(404, 'GET', '/webhook-deliveries/6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11');
    await call(400, 'GET', '/webhook-deliveries/nonsense');
  });

  it.each(sources)('a webhook of $source', async (source) => {
    const raw = JSON.stringify(source.unknown.body);
    const headers = {
      'content-type': 'application/json',
      ...source.headersOf(raw, source.unknown),
      ...source.unknown.headers,
    };
    await call(202, 'POST', source.path, { raw, headers, ...(source.secret ? { token: null } : {}) });
  });

  it('health and figures', async () => {
    await call(200, 'GET', '/health', { token: null });
    await call(200, 'GET', '/health/ready', { token: null });
    await call(200, 'GET', '/metrics', { token: null });
  });

  it('and no operation has gone without', () => {
    const operations = contract.operations.map(([method, path]) => `${method} ${path}`);
    expect([...succeeded].toSorted()).toEqual(operations.toSorted());
  });
});
