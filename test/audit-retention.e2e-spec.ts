import { startApp, type TestApp } from './support/app.js';

const OLD = 250;

async function aged(app: TestApp, days: number): Promise<void> {
  await app.dataSource.query(
    `INSERT INTO devopstic.audit_entries (at, actor_kind, action, object_kind)
     SELECT now() - make_interval(days => $1), 'service', 'rules.changed', 'rules' FROM generate_series(1, $2)`,
    [days, OLD],
  );
}

async function left(app: TestApp): Promise<number> {
  const [row] = await app.dataSource.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM devopstic.audit_entries WHERE action = 'rules.changed'`,
  );
  return row?.n ?? Number.NaN;
}

describe('audit entries', () => {
  const apps: TestApp[] = [];
  afterEach(async () => {
    for (const app of apps.splice(0).toReversed()) await app.close();
  });

  /** A second instance, whose start sweeps what is there by then. */
  async function swept(settings: Record<string, string>): Promise<TestApp> {
    const app = await startApp();
    apps.push(app);
    await aged(app, 364);
    await aged(app, 366);
    apps.push(await startApp(settings, app.database));
    return app;
  }

  it('are deleted when they are older than a year, and no sooner', async () => {
    const app = await swept({});
    while ((await left(app)) > OLD) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await left(app)).toBe(OLD);
  });

  it('are deleted when the setting says so', async () => {
    const app = await swept({ DEVOPSTIC_AUDIT_RETENTION: '2w' });
    while ((await left(app)) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
