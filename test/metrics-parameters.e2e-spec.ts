import { startApp, type TestApp } from './support/app.js';
import { doraPath } from './support/telling.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
const NAMES = [null, null, null, null, null, null];

describe('a wrong parameter', () => {
  it.each([
    ['summary', 'from', { from: 'yesterday' }],
    ['summary', 'from', { from: '2026-02-30' }],
    ['summary', 'from', { from: '2026-03-02T10:00:00' }],
    ['summary', 'from', { from: '2026-03-02T10:00:60Z' }],
    ['summary', 'to', { to: '2026-03-02T25:00:00Z' }],
    ['summary', 'to', { to: '' }],
    ['summary', 'from', { from: ['2026-03-01', '2026-03-02'] }],
    ['summary', 'from', { from: '2026-03-03', to: '2026-03-03' }],
    ['summary', 'from', { from: '9999-01-01' }],
    ['summary', 'time_zone', { time_zone: 'Mars/Olympus' }],
    ['summary', 'time_zone', { time_zone: 'CEST' }],
    ['summary', 'time_zone', { time_zone: "UTC'; SELECT 1" }],
    ['summary', 'time_zone', { time_zone: 'posixrules' }],
    ['summary', 'bots', { bots: 'maybe' }],
    ['summary', 'benchmark', { benchmark: 'dora-1999' }],
    ['summary', 'pipeline', { pipeline: '' }],
    ['summary', 'pipeline', { pipeline: ['ok', 'x'.repeat(201)] }],
    ['summary', 'environment', { environment: 'x'.repeat(101) }],
    ['summary', 'pipelines', { pipelines: 'a' }],
    ['summary', 'bucket', { bucket: 'day' }],
    ['series', 'bucket', { bucket: 'hour' }],
    ['series', 'bucket', { bucket: 'day', from: '2020-01-01', to: '2026-01-01' }],
    ['pipelines', 'limit', { limit: '0' }],
    ['pipelines', 'cursor', { cursor: 'nonsense' }],
    ['explain', 'metric', {}],
    ['explain', 'metric', { metric: 'mttr' }],
    ['explain', 'cursor', { metric: 'lead_time', cursor: cursor(['a', 'b', 1, 1, ...NAMES]) }],
    ['explain', 'cursor', { metric: 'lead_time', cursor: cursor([0, 1e15, 1, 1, ...NAMES]) }],
    ['explain', 'cursor', { metric: 'lead_time', cursor: cursor([0, 1, 1, 0.5, ...NAMES]) }],
    ['explain', 'cursor', { metric: 'lead_time', cursor: cursor([0, 1, 1, 1, 1, ...NAMES.slice(1)]) }],
  ] as [string, string, Record<string, string>][])('of /dora/%s is named: %s in %j', async (route, name, query) => {
    const response = await app.request('GET', doraPath(route, query));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ errors: [{ pointer: `/${name}` }] });
  });
});

describe('a right one', () => {
  it.each([
    ['summary', { from: '2026-03-02T10:00:00.5+01:00', to: '2026-03-02t10:00:00z' }],
    ['summary', { pipeline: 'not; DROP TABLE', environment: 'é' }],
    ['summary', { pipeline: ['a', 'b'], environment: ['x', 'y'], bots: 'true', benchmark: 'dora-2023' }],
    ['summary', { time_zone: 'America/Argentina/Buenos_Aires' }],
    ['summary', { from: '0000-01-01', to: '9999-12-31', time_zone: 'Asia/Kolkata' }],
    ['series', { bucket: 'month', from: '1970-01-01', to: '2050-01-01' }],
    ['series', { bucket: 'day', from: '2023-01-01', to: '2026-01-01' }],
  ] as [string, Record<string, string>][])('of /dora/%s is taken: %j', async (route, query) => {
    const response = await app.request('GET', doraPath(route, query));
    expect([response.status, await response.json()]).toMatchObject([200, {}]);
  });
});
