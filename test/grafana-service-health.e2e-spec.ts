import { startApp, type TestApp } from './support/app.js';
import { readDashboards } from './support/dashboards.js';
import { workedExample } from './support/worked-example.js';

const QUERIES = readDashboards()
  .flatMap(({ panels }) => panels)
  .flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr ?? []));

interface Series {
  name: string;
  labels: string[];
}

describe('the dashboard "Service health"', () => {
  let app: TestApp;
  let served: Series[];
  beforeAll(async () => {
    app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: 'a secret' });
    await app.request('POST', '/events/batch', { body: workedExample() });
    await app.request('POST', '/github/events', { body: {}, token: null });
    await app.request('GET', '/dora/summary');
    const text = await (await app.request('GET', '/metrics', { token: null })).text();
    served = [...text.matchAll(/^(\w+)(?:\{(.*)\})? /gm)].map(([, name = '', labels = '']) => ({
      name,
      labels: [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label ?? ''),
    }));
  });
  afterAll(() => app.close());

  it.each(QUERIES)('asks for what GET /metrics serves: %s', (expr) => {
    const name = /\b(?:devopstic|nodejs|process)_\w+/.exec(expr)?.[0];
    const labels = [
      ...[...expr.matchAll(/by \(([\w, ]+)\)/g)].flatMap(([, list = '']) => list.split(', ')),
      ...[...expr.matchAll(/(\w+)=~?"/g)].map(([, label]) => label),
    ];
    const found = served.filter((series) => series.name === name);
    expect([name, found.length > 0]).toEqual([name, true]);
    expect(labels.filter((label) => !found.some((series) => series.labels.includes(label ?? '')))).toEqual([]);
  });

  it('counts the routes that events come in by', async () => {
    const text = await (await app.request('GET', '/metrics', { token: null })).text();
    const routes = [...text.matchAll(/^devopstic_http_request_duration_seconds_count\{.*route="([^"]+)"/gm)].map(
      ([, route]) => route ?? '',
    );
    const matcher = /route=~"([^"]+)",method="POST"/.exec(QUERIES.join())?.[1] ?? '';
    const ingest = new RegExp(`^(${matcher})$`);
    expect(routes.filter((route) => ingest.test(route)).toSorted()).toEqual(['/events/batch', '/github/events']);
  });
});
