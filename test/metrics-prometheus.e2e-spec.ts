import { jest } from '@jest/globals';
import { startApp, type TestApp } from './support/app.js';
import { startPostgres } from './support/postgres.js';
import { sendBatch } from './support/sending.js';
import { workedExample } from './support/worked-example.js';

// It makes a PostgreSQL of its own.
jest.setTimeout(120_000);

const TOKEN = 'only for the scraper';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await sendBatch(app, yesterday());
});
afterAll(() => app.close());

/** The worked example as if it had just happened. */
function yesterday() {
  const shift = Date.now() - 86_400_000 - Date.parse('2026-03-02T14:35:00Z');
  return workedExample().map((event) => ({
    ...event,
    timestamp: new Date(Date.parse(event.timestamp) + shift).toISOString(),
  }));
}

async function scrape(of: TestApp, token: string | null = null): Promise<[number, string]> {
  const response = await of.request('GET', '/metrics', { token });
  return [response.status, await response.text()];
}

describe('GET /metrics', () => {
  it('tells the DORA metrics of the last 30 days for each pipeline', async () => {
    const [status, text] = await scrape(app);
    expect(status).toBe(200);
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        `devopstic_deployments_per_day{pipeline="shop"} ${2 / 30}`,
        'devopstic_lead_time_seconds{pipeline="shop",part="total",statistic="median"} 5400',
        'devopstic_lead_time_seconds{pipeline="shop",part="commit_to_deploy",statistic="p90"} 8880',
        'devopstic_time_to_restore_seconds{pipeline="shop",statistic="mean"} 2700',
        'devopstic_open_incidents{pipeline="shop"} 0',
        `devopstic_change_failure_ratio{pipeline="shop"} ${2 / 3}`,
        'devopstic_failed_deployment_recovery_time_seconds{pipeline="shop",statistic="median"} 2850',
        'devopstic_rework_ratio{pipeline="shop"} 0',
        'devopstic_waiting_changes{pipeline="shop"} 0',
      ]),
    );
  });

  it('leaves out what has no value, instead of telling 0', async () => {
    const [, text] = await scrape(app);
    expect(text).not.toContain('devopstic_waiting_changes_oldest_seconds{');
    expect(text).not.toContain('NaN');
  });

  it('computes them once a minute at most', async () => {
    await scrape(app);
    await sendBatch(app, [{ ...yesterday()[3]!, pipeline_id: 'new', id: 'new' }]);
    const [, text] = await scrape(app);
    expect(text).not.toContain('pipeline="new"');
  });

  it('tells of the process, and times requests by route', async () => {
    await app.request('GET', '/webhook-deliveries/6f1cbd5e-3f0c-4b5a-9c6e-0d6f5b1a2c3d');
    await app.request('GET', '/there/is/nothing');
    const [, text] = await scrape(app);
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toMatch(/_duration_seconds_count\{method="GET",route="\/webhook-deliveries\/:id",status="404"\} 1/);
    expect(text).toMatch(/_duration_seconds_count\{method="GET",route="unknown",status="404"\} 1/);
  });

  it('asks for the metrics token if there is one', async () => {
    const guarded = await startApp({ DEVOPSTIC_METRICS_TOKEN: TOKEN });
    expect((await scrape(guarded))[0]).toBe(401);
    expect((await scrape(guarded, `${TOKEN}!`))[0]).toBe(401);
    expect((await scrape(guarded, guarded.admin))[0]).toBe(401);
    expect((await scrape(guarded, TOKEN))[0]).toBe(200);
    await guarded.close();
  });

  it('still tells of the process while the database is away', async () => {
    const postgres = await startPostgres();
    const lonely = await startApp({}, postgres.database);
    await postgres.stop();
    const [status, text] = await scrape(lonely);
    expect(status).toBe(200);
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('devopstic_deployments_per_day{');
    await lonely.close();
    await postgres.remove();
  });
});
