import { queriesOf, readDashboards } from './support/dashboards.js';
import { AWKWARD } from './support/demo-data.js';
import { aGrafanaWorld, type GrafanaWorld, type Row } from './support/grafana-world.js';

const PANELS = readDashboards()
  .filter(({ uid }) => uid === 'devopstic-data-quality')
  .flatMap(queriesOf);

describe('the dashboard "Data quality"', () => {
  let world: GrafanaWorld;
  beforeAll(async () => {
    world = await aGrafanaWorld();
  }, 120_000);
  afterAll(() => world.close());

  async function rows(title: string, choice = 'one pipeline with an awkward name'): Promise<Row[]> {
    const asked = PANELS.find(({ name }) => name === title);
    if (!asked) throw new Error(`No query ${title}`);
    return world.ask(asked, world.chosen(choice));
  }

  it('says how much of what was told can be measured', async () => {
    expect(await rows('Changes with a deployment A')).toEqual([{ 'changes with a deployment': 1, count: 3 }]);
    expect(await rows('Incidents with a cause A')).toEqual([{ 'incidents with a cause': 1, count: 1 }]);
    expect(await rows('Events with a time A')).toEqual([{ 'events with a time': 1, count: 14 }]);
  });

  it('counts what is not covered', async () => {
    const tell = (event: object) => world.app.request('POST', '/events', { body: { pipeline_id: AWKWARD, ...event } });
    const timestamp = '2026-03-20T10:00:00Z';
    await tell({ type: 'approve', commit_id: 'late', timestamp });
    await tell({ type: 'incident_status_change', incident_id: 'lonely', status: 'failure', timestamp });
    expect(await rows('Changes with a deployment A')).toEqual([{ 'changes with a deployment': 3 / 4, count: 4 }]);
    expect(await rows('Incidents with a cause A')).toEqual([{ 'incidents with a cause': 1 / 2, count: 2 }]);
  });

  it('shows what became of webhook deliveries, and nothing of what they said', async () => {
    await world.app.dataSource.query(`
      INSERT INTO devopstic.webhook_deliveries (source, delivery_id, event_name, headers, body, received_at, outcome, reason, error)
      SELECT 'github', n::text, 'push', '{}', 'the body', '2026-03-30 12:00Z', o, r, 'the error'
      FROM (VALUES (1, 'recorded', NULL), (2, 'ignored', 'draft'), (3, 'failed', 'unreadable'), (4, 'failed', 'unreadable'))
        AS d (n, o, r)`);
    const weeks = await rows('Deliveries by outcome A');
    expect(weeks.at(-1)).toEqual({
      time: new Date('2026-03-30T00:00:00Z'),
      recorded: 1,
      ignored: 1,
      refused: 0,
      failed: 2,
      undecided: 0,
    });
    const last = new Date('2026-03-30T12:00:00Z');
    expect(await rows('Not recorded, by reason A')).toEqual([
      { source: 'github', outcome: 'failed', reason: 'unreadable', deliveries: 2, last },
      { source: 'github', outcome: 'ignored', reason: 'draft', deliveries: 1, last },
    ]);
  });

  it('says which pipeline was last heard of when', async () => {
    const all = await rows('Last event per pipeline A', 'all pipelines in production');
    const heard = all.map((row) => (row['last event'] as Date).getTime());
    expect(heard).toEqual(heard.toSorted((one, other) => one - other));
    expect(all.find(({ pipeline }) => pipeline === AWKWARD)).toMatchObject({
      'last deployment': new Date('2026-03-02T13:20:00Z'),
      'without deployment for': 28 * 86_400 + 81_600,
    });
  });
});
