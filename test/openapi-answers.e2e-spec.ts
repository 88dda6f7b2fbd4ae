import { METRIC_NAMES } from '../src/metrics/catalogue/metrics.js';
import { startApp, type TestApp, ADMIN } from './support/app.js';
import { Contract } from './support/contract.js';
import { allSources, type Sample, secretsOf, type SourceSamples, useSources } from './support/source-samples.js';
import { workedExample } from './support/worked-example.js';

interface Call {
  body?: unknown;
  raw?: string;
  token?: string | null;
  headers?: Record<string, string>;
}

const sources = await allSources();
const PASSWORD = 'another good password';
const RANGE = 'from=2026-03-01&to=2026-03-08';

describe('every answer is as the contract says:', () => {
  let app: TestApp;
  let contract: Contract;
  const succeeded = new Set<string>();

  beforeAll(async () => {
    app = await startApp(secretsOf(sources));
    contract = await Contract.of(app);
    await useSources(app, sources);
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
    const operation = contract.document.paths[template]?.[method.toLowerCase()];
    const responses = operation?.responses ?? {};
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (status < 300) succeeded.add(`${method} ${template}`);
    expect(Object.keys(responses)).toContain(String(status));
    if (type === 'text/csv') {
      const { contentType, example } = operation!['x-csv']!;
      expect([answer.headers.get('content-type'), headerOf(text)]).toEqual([contentType, headerOf(example)]);
      return {};
    }
    expect(Object.keys(responses[status]?.content ?? { '': {} })).toContain(type);
    if (!type.endsWith('json')) return {};
    const body = JSON.parse(text) as Record<string, string>;
    const place = ['paths', template, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    expect(contract.faults(place, body)).toEqual([]);
    return body;
  }

  const headerOf = (csv: string): string => csv.split('\r\n')[0]!;

  const send = (method: string, path: string, { raw, headers = {}, token = app.admin }: Call): Promise<Response> =>
    fetch(app.url + path, {
      method,
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      body: raw ?? null,
    });

  function delivery(source: SourceSamples, sample: Sample): Call {
    const raw = typeof sample.body === 'string' ? sample.body : JSON.stringify(sample.body);
    const headers = { 'content-type': 'application/json', ...source.headersOf(raw, sample), ...sample.headers };
    return source.secret ? { raw, headers, token: null } : { raw, headers };
  }

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
    const mine = { token: null, body: { ...user, password: PASSWORD, role: undefined } };
    const { token: again } = await call(200, 'POST', '/tokens', mine);
    const { items } = (await call(200, 'GET', '/users/me/sessions', { token: again })) as unknown as {
      items: { id: string }[];
    };
    await call(204, 'DELETE', `/users/me/sessions/${items[1]?.id}`, { token: again });
    await call(404, 'DELETE', `/users/me/sessions/${items[1]?.id}`, { token: again });
    await call(200, 'GET', `/users/${id}/sessions`);
    await call(400, 'GET', `/users/${id}/sessions?cursor=x`);
    await call(404, 'DELETE', `/users/${id}/sessions/${id}`);
    await call(204, 'DELETE', `/users/${id}/sessions/${items[0]?.id}`);
    await call(401, 'POST', '/logout', { token: again });
    const { token: last } = await call(200, 'POST', '/tokens', mine);
    await call(204, 'POST', '/logout', { token: last });
    await call(204, 'DELETE', `/users/${id}/sessions`);
    await call(200, 'PATCH', `/users/${id}`, { body: { role: 'viewer' } });
    await call(400, 'PATCH', `/users/${id}`, { body: { role: 'root' } });
    await call(204, 'DELETE', `/users/${id}`);
    await call(404, 'DELETE', `/users/${id}`);
    await call(400, 'DELETE', `/users/${id}?keys_to=nobody`);
    await call(400, 'DELETE', '/users/nobody');
  });

  it('API keys', async () => {
    const { id, secret } = await call(201, 'POST', '/api-keys', {
      body: { name: 'job', scopes: ['events:write'], pipelines: ['shop'], expires_at: '2099-01-01T00:00:00Z' },
    });
    await call(200, 'GET', '/api-keys');
    const eve = { username: 'eve', password: PASSWORD, role: 'admin' };
    const { id: owner_id } = await call(201, 'POST', '/users', { body: eve });
    const { id: given } = await call(201, 'POST', '/api-keys', { body: { name: 'job', scopes: ['events:write'] } });
    await call(200, 'PATCH', `/api-keys/${given}`, { body: { owner_id } });
    await call(400, 'PATCH', `/api-keys/${given}`, { body: {} });
    await call(404, 'PATCH', '/api-keys/6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11', { body: { owner_id } });
    await call(200, 'PATCH', `/users/${owner_id}`, { body: { disabled: true } });
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
    ...METRIC_NAMES.map((metric) => `/dora/explain?metric=${metric}`),
  ])('%s', async (path) => {
    for (const query of [RANGE, 'from=2001-01-01&to=2001-01-03', `${RANGE}&environment=staging`]) {
      const whole = path + (path.includes('?') ? '&' : '?') + query;
      await call(200, 'GET', whole);
      await call(200, 'GET', whole, { headers: { accept: 'text/csv' } });
    }
    await call(400, 'GET', `${path}${path.includes('?') ? '&' : '?'}nonsense=1`);
  });

  it.each(sources)('webhooks of $source', async (source) => {
    const recorded = source.samples.find(({ becomes }) => becomes) ?? source.unknown;
    await call(200, 'POST', source.path, delivery(source, recorded));
    await call(202, 'POST', source.path, delivery(source, source.unknown));
    await call(400, 'POST', source.path, delivery(source, { ...recorded, body: '{"broken"' }));
    await call(401, 'POST', source.path, {
      ...delivery(source, recorded),
      token: null,
      headers: recorded.headers ?? {},
    });
  });

  it('deliveries', async () => {
    const { items } = (await call(200, 'GET', '/webhook-deliveries')) as unknown as { items: { id: string }[] };
    await call(200, 'GET', `/webhook-deliveries/${items[0]?.id}`);
    await call(200, 'POST', `/webhook-deliveries/${items[0]?.id}/replay`);
    await call(200, 'POST', '/webhook-deliveries/replay', { body: { dry_run: true } });
    await call(400, 'POST', '/webhook-deliveries/replay', { body: { outcome: 'good', dry_run: true } });
    await call(200, 'GET', '/webhook-sources');
    await call(404, 'GET', '/webhook-deliveries/6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11');
    await call(400, 'GET', '/webhook-deliveries/nonsense');
  });

  it('scope rules and teams', async () => {
    const rules = {
      pipelines: [{ source: 'github', match: 'acme/*', pipeline_id: 'shop' }],
      environments: [{ match: 'prod-*', environment: 'production' }],
      default_branches: [{ repository: 'acme/*', branch: 'develop' }],
      deployments: [{ source: 'github', event: 'release', name: 'v*', environment: 'production' }],
      production_environments: '^prod',
      teams: [{ name: 'payments', pipelines: ['shop'] }],
    };
    await call(200, 'GET', '/scope');
    await call(200, 'PUT', '/scope', { body: { version: 1, rules, note: 'first' } });
    await call(409, 'PUT', '/scope', { body: { version: 0, rules: {} } });
    await call(400, 'PUT', '/scope', { body: { rules: { production_environments: '(' } } });
    await call(200, 'GET', '/scope/versions');
    await call(400, 'GET', '/scope/versions?cursor=nonsense');
    await call(200, 'GET', '/teams');
    await call(200, 'GET', '/audit');
    await call(400, 'GET', '/audit?action=x');
    await call(400, 'GET', '/teams?limit=0');
    const { secret } = await call(201, 'POST', '/api-keys', {
      body: { name: 'limited', scopes: ['metrics:read'], pipelines: ['shop'] },
    });
    await call(403, 'GET', '/scope', { token: secret });
  });

  it('hooks', async () => {
    const declaration = {
      delivery_id: { path: '$.id' },
      events: [{ type: 'commit', pipeline_id: 'desk', commit_id: { path: '$.sha' } }],
    };
    await call(201, 'PUT', '/hooks/desk', { body: declaration });
    await call(200, 'PUT', '/hooks/desk', { body: declaration });
    await call(400, 'PUT', '/hooks/desk', { body: { events: [] } });
    await call(200, 'GET', '/hooks');
    await call(200, 'GET', '/shipped-hooks');
    await call(200, 'GET', '/hooks/desk');
    await call(404, 'GET', '/hooks/nobody');
    await call(200, 'POST', '/hooks/desk/try', { body: { payload: { sha: 'c1' } } });
    await call(200, 'POST', '/hooks/desk/try', { body: { payload: {} } });
    await call(400, 'POST', '/hooks/desk/try', { body: {} });
    await call(404, 'POST', '/hooks/nobody/try', { body: { payload: {} } });
    await call(200, 'POST', '/hooks/desk', { body: { id: 1, sha: 'c1' } });
    await call(400, 'POST', '/hooks/desk', { body: { id: 2 } });
    await call(401, 'POST', '/hooks/desk', { token: null, body: {} });
    await call(404, 'POST', '/hooks/nobody', { body: {} });
    await call(204, 'DELETE', '/hooks/desk');
    await call(404, 'DELETE', '/hooks/desk');
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
