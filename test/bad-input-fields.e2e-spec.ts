import { FIELDS } from '../src/events/event.fields.js';
import { startApp, type TestApp } from './support/app.js';
import { BAD, withRaw } from './support/bad-values.js';
import { aKey } from './support/people.js';
import { rowCounts } from './support/row-counts.js';

const NULL = 'null';

const EVENT = {
  type: 'deploy',
  pipeline_id: 'shop',
  status: 'success',
  environment: 'production',
  commit_id: 'c1',
  landed_at: '2026-03-02T10:00:00Z',
  timestamp: '2026-03-02T10:00:00Z',
};
const EVENT_FIELDS: Record<string, string[]> = {
  id: BAD.text(200),
  type: [...BAD.choice, NULL],
  pipeline_id: [...BAD.text(200), NULL],
  status: [...BAD.choice, NULL],
  environment: [...BAD.text(100), NULL],
  commit_id: [...BAD.text(200), NULL],
  pull_request_id: BAD.integer,
  review_id: BAD.text(200),
  incident_id: BAD.text(200),
  deployment_id: BAD.text(200),
  commits: BAD.texts(200, 2048),
  parents: BAD.texts(200, 100),
  landed_at: BAD.instant,
  landed_head: BAD.text(200),
  reverts: BAD.texts(200, 100),
  outside: BAD.flag,
  rollback: BAD.flag,
  rework: BAD.flag,
  author: BAD.text(200),
  url: BAD.url,
  timestamp: BAD.instant,
};
const only = (names: string[]): Record<string, string[]> =>
  Object.fromEntries(names.map((name) => [name, EVENT_FIELDS[name] ?? []]));

const DEPLOYMENT = { pipeline_id: 'shop', environment: 'production', commit_id: 'c1' };
const DEPLOYMENT_FIELDS = {
  ...only(['id', 'pipeline_id', 'environment', 'commit_id', 'deployment_id', 'commits', 'pull_request_id']),
  ...only(['rollback', 'rework', 'url', 'timestamp']),
  status: BAD.choice,
};
const INCIDENT = { pipeline_id: 'shop', incident_id: 'i1', state: 'open' };
const INCIDENT_FIELDS = {
  ...only(['id', 'pipeline_id', 'deployment_id', 'url', 'timestamp']),
  incident_id: [...BAD.text(200), NULL],
  state: [...BAD.choice, NULL, '"failure"'],
  environment: BAD.text(100),
  commit_id: BAD.text(200),
};
const USER = { username: 'ada', password: 'correct horse battery', role: 'viewer' };
const USER_FIELDS = {
  username: [...BAD.text(100), NULL, '"a b"', '"-a"', '"ädä"', '"a\\n"'],
  password: [...BAD.text(256), NULL, '"short"', '"with\\ttab and more"'],
  role: [...BAD.choice, NULL, '"root"'],
};
const API_KEY = { name: 'job', scopes: ['events:write'] };
const API_KEY_FIELDS = {
  name: [...BAD.text(100), NULL],
  scopes: [NULL, '"events:write"', '[]', '[1]', '[null]', '["nonsense"]', '["events:write","events:write"]', '{}', '1'],
  pipelines: [...BAD.texts(200, 1000).slice(1), '[]', '["a","a"]'],
  expires_at: [
    '1',
    '"yesterday"',
    '"2026-13-45T00:00:00Z"',
    '"2000-01-01T00:00:00Z"',
    '[]',
    '{}',
    '"\\ud800"',
    '1e400',
  ],
};
const CREDENTIALS = { username: 'nobody', password: 'wrong' };
const CREDENTIALS_FIELDS = { username: [...BAD.text(200), NULL], password: [...BAD.text(1024), NULL] };

type Route = [string, Record<string, unknown>, Record<string, string[]>];
const ROUTES: Route[] = [
  ['/events', EVENT, EVENT_FIELDS],
  ['/webhook/{key}/events', EVENT, EVENT_FIELDS],
  ['/deployments', DEPLOYMENT, DEPLOYMENT_FIELDS],
  ['/incidents', INCIDENT, INCIDENT_FIELDS],
  ['/users', USER, USER_FIELDS],
  ['/api-keys', API_KEY, API_KEY_FIELDS],
  ['/tokens', CREDENTIALS, CREDENTIALS_FIELDS],
];

describe('a body with one wrong field is refused by name, and nothing is stored:', () => {
  let app: TestApp;
  let key: string;
  let before: Record<string, number>;
  beforeAll(async () => {
    app = await startApp();
    key = (await aKey(app)).secret;
    before = await rowCounts(app);
  });
  afterEach(async () => expect(await rowCounts(app)).toEqual(before));
  afterAll(() => app.close());

  const post = (path: string, body: string): Promise<Response> =>
    fetch(app.url + path.replace('{key}', key), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${app.admin}` },
      body,
    });

  /** What is wrong with the answer to a body whose `field` is wrong; null if nothing. */
  async function flaw(path: string, body: string, field: string): Promise<string | null> {
    const answer = await post(path, body);
    const problem = (await answer.json()) as { errors?: { pointer: string }[] };
    const pointers = problem.errors?.map(({ pointer }) => pointer) ?? [];
    const named = pointers.length > 0 && pointers.every((one) => one === `/${field}` || one.startsWith(`/${field}/`));
    const sound = answer.status === 400 && answer.headers.get('content-type')?.startsWith('application/problem+json');
    return named && sound ? null : `${body.slice(0, 200)} → ${answer.status} ${JSON.stringify(problem).slice(0, 300)}`;
  }

  const CASES = ROUTES.flatMap(([path, body, fields]) =>
    Object.entries(fields).map(([field, values]) => [path, field, body, values] as const),
  );

  it('has wrong values for every field of an event', () => {
    expect(Object.keys(EVENT_FIELDS)).toEqual(FIELDS.map(({ name }) => name));
  });

  it.each(CASES)('%s %s of a wrong type or size', async (path, field, body, values) => {
    const flaws: (string | null)[] = [];
    for (const raw of values) flaws.push(await flaw(path, withRaw(body, field, raw), field));
    expect(flaws.filter((one) => one !== null)).toEqual([]);
  });

  const REQUIRED = ROUTES.flatMap(([path, body, fields]) =>
    Object.keys(fields)
      .filter((field) => fields[field]?.includes(NULL))
      .map((field) => [path, field, body] as const),
  );

  it.each(REQUIRED)('%s without %s', async (path, field, body) => {
    const { [field]: _, ...rest } = body;
    expect(await flaw(path, JSON.stringify(rest), field)).toBeNull();
  });

  it.each(ROUTES.map(([path, body]) => [path, body] as const))(
    '%s with a field that it does not know',
    async (path, body) => {
      for (const name of [
        'nonsense',
        'Type',
        '__proto__',
        'constructor',
        'prototype',
        'toString',
        'hasOwnProperty',
        '',
      ]) {
        const text = JSON.stringify(body).replace(/}$/, `,${JSON.stringify(name)}:{"admin":true}}`);
        expect([name, await flaw(path, text, name)]).toEqual([name, null]);
      }
      expect(await flaw(path, JSON.stringify({ ...body, 'a~b/c': 1 }), 'a~0b~1c')).toBeNull();
    },
  );
});
