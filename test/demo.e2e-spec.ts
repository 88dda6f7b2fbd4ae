import { jest } from '@jest/globals';
import type { SummaryView } from '../src/metrics/dora.view.js';
import { ADMIN, environmentOf, startApp, type TestApp } from './support/app.js';
import { run } from './support/cli.js';

const DAY_MS = 86_400_000;

// It starts the program several times, and sends some thousand events.
jest.setTimeout(120_000);

describe('the demo', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function demo(words: string[], environment: Record<string, string>) {
    const program = run(['demo', '--url', app.url, ...words], environment);
    const code = await program.ended;
    return { code, stdout: program.stdout(), stderr: program.stderr() };
  }

  async function read<T>(path: string): Promise<T> {
    return (await (await app.request('GET', path)).json()) as T;
  }

  it('is refused with a wrong password, without one, and where no service is', async () => {
    const wrong = await demo([], { DEVOPSTIC_USERNAME: 'admin', DEVOPSTIC_PASSWORD: 'not the password' });
    expect(wrong).toEqual({
      code: 1,
      stdout: '',
      stderr: `devopstic: ${app.url}/tokens answered 401: Wrong username or password\n`,
    });
    const nobody = await demo([], { DEVOPSTIC_DATA_DIR: '/tmp/there-is-no-such-folder' });
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringMatching(/Say who you are: set DEVOPSTIC_KEY/) });
    const nowhere = await demo(['--url', 'http://127.0.0.1:10'], {});
    expect(nowhere.stderr).toMatch(/^devopstic: No service answers at http:\/\/127\.0\.0\.1:10 \(.+\): start it first/);
    expect(nowhere.code).toBe(1);
    expect(await read('/events?limit=1')).toMatchObject({ count: 0 });
  });

  it('fills an empty service, with a key that the operator of its database need not ask for', async () => {
    const { DEVOPSTIC_USERNAME: _user, DEVOPSTIC_PASSWORD: _password, ...database } = environmentOf(app.database);
    const { code, stdout, stderr } = await demo([], database);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Sent \d+ events: \d+ new, 0 known/) });
    expect(stderr).toMatch(/100% \| (\d+) of \1 events/);
    expect(stdout).toContain(`${app.url}/docs`);
    const { items } = await read<{ items: { name: string; revoked_at: string | null }[] }>('/api-keys');
    expect(items).toEqual([expect.objectContaining({ name: 'command line', revoked_at: expect.any(String) })]);
  });

  it('yields every metric', async () => {
    const from = new Date(Date.now() - 90 * DAY_MS).toISOString();
    const summary = await read<SummaryView>(`/dora/summary?from=${from}`);
    expect(summary.deployment_frequency).toMatchObject({ level: 'elite' });
    expect(summary.deployment_frequency.successful).toBeGreaterThan(200);
    expect(summary.lead_time.count).toBeGreaterThan(300);
    expect(summary.lead_time.review.median).toBeGreaterThan(1800);
    expect(summary.lead_time.level).not.toBeNull();
    expect(summary.time_to_restore.count).toBeGreaterThan(10);
    expect(summary.time_to_restore.open).toBeGreaterThan(0);
    expect(summary.change_failure_rate.rate).toBeGreaterThan(0.01);
    expect(summary.change_failure_rate.rate).toBeLessThan(0.15);
    expect(Object.values(summary.change_failure_rate.failed_by).filter((count) => count === 0)).toEqual([]);
    expect(summary.failed_deployment_recovery_time.count).toBeGreaterThan(5);
    expect(summary.rework_rate.rate).toBeGreaterThan(0);
    expect(summary.work_waiting.count).toBeGreaterThan(0);
  });

  it('has pipelines from elite to low', async () => {
    const { items } = await read<{ items: (SummaryView & { pipeline_id: string })[] }>(
      `/dora/pipelines?from=${new Date(Date.now() - 90 * DAY_MS).toISOString()}`,
    );
    const levels = Object.fromEntries(items.map((item) => [item.pipeline_id, item.lead_time.level]));
    expect(levels).toEqual({
      storefront: 'elite',
      checkout: 'high',
      search: 'high',
      billing: 'medium',
      ledger: 'low',
    });
  });

  it('is refused by a service that has events, and forced, changes nothing', async () => {
    const environment = { DEVOPSTIC_USERNAME: ADMIN.username, DEVOPSTIC_PASSWORD: ADMIN.password };
    const refused = await demo([], environment);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/has events already.*npm run demo -- --force/),
    });
    const forced = await demo(['--force'], environment);
    expect(forced.code).toBe(0);
    const [, sent, fresh] = /^Sent (\d+) events: (\d+) new/.exec(forced.stdout) ?? [];
    expect(Number(sent)).toBeGreaterThan(4000);
    // Time goes on between the two, so the second may have a little more to tell.
    expect(Number(fresh)).toBeLessThan(20);
  });
});
