import { startApp, type TestApp } from './support/app.js';
import { commit, deploy, dora, tell } from './support/telling.js';
import { sendBatch } from './support/sending.js';
import { WORKED_SUMMARY, workedExample } from './support/worked-example.js';

interface Answer {
  from: string;
  to: string;
  items: Record<string, unknown>[];
  next: string | null;
}

const DAY = { from: '2026-03-02', to: '2026-03-03' };
const METRICS = Object.keys(WORKED_SUMMARY);

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await sendBatch(app, workedExample());
  await tell(app, 'acme/web', [commit('03-02 08:00', 'w1'), deploy('03-02 09:00', 'w1')]);
  await tell(app, 'idle', [deploy('03-02 09:00', 'x', { environment: 'staging' })]);
});
afterAll(() => app.close());

const only = (metrics: object) =>
  Object.fromEntries(Object.entries(metrics).filter(([name]) => METRICS.includes(name)));

describe('GET /dora/summary', () => {
  it('gives the numbers of the worked example', async () => {
    const summary = await dora<object>(app, 'summary', { pipeline: 'shop', ...DAY });
    expect(summary).toMatchObject(WORKED_SUMMARY);
    expect(summary).toMatchObject({
      from: '2026-03-02T00:00:00.000Z',
      to: '2026-03-03T00:00:00.000Z',
      time_zone: 'UTC',
      pipelines: ['shop'],
      environments: ['production'],
      benchmark: 'dora-2023',
    });
  });

  it('computes several pipelines from their rows together', async () => {
    expect(await dora(app, 'summary', { pipeline: ['shop', 'acme/web'], ...DAY })).toMatchObject({
      deployment_frequency: { deployments: 4, successful: 3 },
      lead_time: { commit_to_deploy: { count: 4, mean: 6600, median: 6900, p90: 8820 } },
      change_failure_rate: { rate: 0.5 },
    });
  });

  it('gives counts of 0, and null for durations and ratios, where there is nothing', async () => {
    const nothing = { count: 0, mean: null, median: null, p90: null };
    expect(await dora(app, 'summary', { pipeline: 'unheard of', ...DAY })).toMatchObject({
      deployment_frequency: {
        deployments: 0,
        successful: 0,
        failed: 0,
        per_day: 0,
        days_with_deployment: 0,
        level: null,
      },
      lead_time: {
        count: 0,
        total: nothing,
        review: nothing,
        deployment: nothing,
        commit_to_deploy: nothing,
        level: null,
      },
      time_to_restore: { ...nothing, open: 0, level: null },
      change_failure_rate: {
        deployments: 0,
        failed: 0,
        rate: null,
        failed_by: { status: 0, incident: 0, rollback: 0 },
      },
      failed_deployment_recovery_time: { ...nothing, unrecovered: 0, level: null },
      rework_rate: { deployments: 0, rework: 0, rate: null },
      work_waiting: { count: 0, oldest: null, median: null },
    });
  });

  it('is of the last 30 days and of every pipeline, unless told otherwise', async () => {
    const before = Date.now();
    const { from, to, ...rest } = await dora<Answer>(app, 'summary', {});
    expect(Date.parse(to)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000);
    expect(rest).toMatchObject({ pipelines: null, environments: ['production'] });
  });

  it('reads dates as midnights of the time zone', async () => {
    const query = { from: '2026-03-29', to: '2026-03-30', time_zone: 'Europe/Paris' };
    expect(await dora(app, 'summary', query)).toMatchObject({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
  });

  it('takes the production environments from the configuration', async () => {
    const other = await startApp({ DEVOPSTIC_PRODUCTION_ENVIRONMENTS: '^(eu|us)$' });
    await tell(other, 'regions', [
      deploy('03-02 09:00', 'a', { environment: 'EU' }),
      deploy('03-02 10:00', 'a', { environment: 'us' }),
      deploy('03-02 11:00', 'a', { environment: 'production' }),
    ]);
    expect(await dora(other, 'summary', DAY)).toMatchObject({
      environments: ['EU', 'us'],
      deployment_frequency: { deployments: 2 },
    });
    await other.close();
  });
});

describe('GET /dora/series', () => {
  it('gives the summary of each bucket', async () => {
    const query = { pipeline: ['shop', 'acme/web'], from: '2026-03-02T10:00:00Z', to: '2026-03-04T13:00:00Z' };
    const { items } = await dora<Answer>(app, 'series', query);
    expect(items).toHaveLength(3);
    for (const { start, end, ...metrics } of items) {
      const range = { from: start as string, to: end as string };
      expect(metrics).toEqual(only(await dora<object>(app, 'summary', { ...query, ...range })));
    }
  });
});

describe('GET /dora/pipelines', () => {
  it('gives the summary of each pipeline, by name', async () => {
    const { items } = await dora<Answer>(app, 'pipelines', DAY);
    expect(items.map(({ pipeline_id }) => pipeline_id)).toEqual(['acme/web', 'idle', 'shop']);
    for (const { pipeline_id, ...metrics } of items) {
      expect(metrics).toEqual(only(await dora<object>(app, 'summary', { ...DAY, pipeline: pipeline_id as string })));
    }
  });

  it('gives them in pages', async () => {
    const first = await dora<Answer>(app, 'pipelines', { ...DAY, limit: '2' });
    expect(first).toMatchObject({ count: 2, limit: 2 });
    const second = await dora<Answer>(app, 'pipelines', { ...DAY, limit: '2', cursor: first.next! });
    expect(second).toMatchObject({ items: [{ pipeline_id: 'shop' }], count: 1, next: null });
  });
});
