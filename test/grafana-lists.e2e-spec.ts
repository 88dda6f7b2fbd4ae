import { METRIC_NAMES } from '../src/metrics/catalogue/metrics.js';
import { queriesOf, readDashboards, type Asked } from './support/dashboards.js';
import { aGrafanaWorld, type GrafanaWorld, type Row } from './support/grafana-world.js';
import { valueAt } from './support/same-numbers.js';
import { read } from './support/sending.js';

const ASKED = readDashboards().flatMap(queriesOf);

function query(uid: string, title: string): Asked {
  const found = ASKED.find(({ dashboard, name }) => dashboard.uid === uid && name === title);
  if (!found) throw new Error(`No query ${uid}: ${title}`);
  return found;
}

describe('what dashboards list is the same as the API gives', () => {
  let world: GrafanaWorld;
  beforeAll(async () => {
    world = await aGrafanaWorld();
  }, 120_000);
  afterAll(() => world.close());

  const EVERYWHERE = 'all pipelines everywhere';
  const AWKWARD = 'one pipeline with an awkward name';

  async function both<Answer>(uid: string, title: string, path: string, choice = EVERYWHERE): Promise<[Row[], Answer]> {
    const asking = world.chosen(choice);
    const answer = await read<Answer>(world.app, `${path}${path.includes('?') ? '&' : '?'}${asking.query}`);
    return [await world.ask(query(uid, title), asking), answer];
  }

  it('pipelines compared', async () => {
    const paths = {
      pipeline: 'pipeline_id',
      'deployments a day': 'deployment_frequency.per_day',
      'frequency level': 'deployment_frequency.level|deployment_frequency.level_reason',
      'lead time': 'lead_time.commit_to_deploy.median',
      'lead time level': 'lead_time.level|lead_time.level_reason',
      failed: 'change_failure_rate.rate',
      'failed level': 'change_failure_rate.level|change_failure_rate.level_reason',
      recovery: 'failed_deployment_recovery_time.median',
      'recovery level': 'failed_deployment_recovery_time.level|failed_deployment_recovery_time.level_reason',
      'open incidents': 'time_to_restore.open',
      waiting: 'work_waiting.count',
    };
    const [rows, { items }] = await both<{ items: object[] }>(
      'devopstic-pipelines',
      'Pipelines compared A',
      '/dora/pipelines',
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows).toEqual(
      items.map((item) =>
        Object.fromEntries(Object.entries(paths).map(([column, path]) => [column, valueAt(item, path)])),
      ),
    );
  });

  it.each([
    ['Pipelines compared B', 'deployments a day', 'deployment_frequency.per_day'],
    ['Pipelines compared C', 'median', 'lead_time.commit_to_deploy.median'],
    ['Deployments a day, by pipeline A', 'deployments a day', 'deployment_frequency.per_day'],
    ['Lead time, by pipeline A', 'median', 'lead_time.commit_to_deploy.median'],
  ])('the trends of %s', async (title, column, path) => {
    const [rows, { items }] = await both<{ items: { start: string }[] }>(
      'devopstic-pipelines',
      title,
      '/dora/series?bucket=week',
      AWKWARD,
    );
    expect(rows.map(({ time, [column]: value }) => [time, value])).toEqual(
      items.map((item) => [new Date(item.start), valueAt(item, path)]),
    );
  });

  it.each(METRIC_NAMES)('what is left out of %s', async (metric) => {
    const asking = world.chosen(EVERYWHERE);
    const { left_out } = await read<{ left_out: object }>(
      world.app,
      `/dora/explain?metric=${metric}&limit=1&${asking.query}`,
    );
    const rows = await world.ask(query('devopstic-data-quality', 'Left out of $metric, by reason A'), asking, {
      metric,
    });
    expect(Object.fromEntries(rows.map(({ reason, rows: count }) => [reason, count]))).toEqual(left_out);
  });

  it('deployments', async () => {
    const asking = world.chosen(EVERYWHERE);
    const range = new URLSearchParams(
      ['from', 'to', 'environment'].flatMap((name) =>
        asking.query.getAll(name).map((value): [string, string] => [name, value]),
      ),
    );
    const { items } = await read<{ items: Row[] }>(world.app, `/deployments?limit=500&${range}`);
    const rows = await world.ask(query('devopstic', 'Deployments A'), asking);
    expect(rows.length).toBeGreaterThan(20);
    expect(
      rows.map((row) => [row['pipeline'], row['status'], row['changes'], row['commit'], row['recovery']]).toSorted(),
    ).toEqual(
      items
        .map((item) => [
          item['pipeline_id'],
          item['status'],
          item['carried_count'],
          item['commit_id'],
          item['recovery_seconds'],
        ])
        .toSorted(),
    );
  });

  it('changes, as many as lead time counts', async () => {
    const [rows, summary] = await both<object>('devopstic', 'Review lead time per commit A', '/dora/summary', AWKWARD);
    expect(rows).toHaveLength(Number(valueAt(summary, 'lead_time.count')));
    expect(rows.map(({ commit, review, deployment, total }) => [commit, review, deployment, total])).toEqual([
      ['c2', 1800, 6000, 7800],
      ['c3', 1800, 3000, 4800],
      ['c1', 3600, 1800, 5400],
    ]);
  });

  it('slowest changes and waiting ones', async () => {
    const [slowest] = await both<object>('devopstic-lead-time', 'Slowest changes A', '/dora/summary', AWKWARD);
    expect(slowest.map(({ commit }) => commit)).toEqual(['c2', 'c1', 'c3']);
    const [waiting, summary] = await both<object>('devopstic-lead-time', 'Waiting changes A', '/dora/summary');
    expect(waiting).toHaveLength(Math.min(50, Number(valueAt(summary, 'work_waiting.count'))));
    expect(waiting[0]?.['waiting']).toBe(valueAt(summary, 'work_waiting.oldest'));
  });

  it('incidents, and how their causes were found', async () => {
    const [rows] = await both<object>('devopstic-incidents', 'Incidents A', '/dora/summary', AWKWARD);
    expect(rows).toMatchObject([
      { incident: 'i1', state: 'resolved', 'time to restore': 2700, 'cause found by': 'window' },
    ]);
    const [causes] = await both<object>('devopstic-incidents', 'How causes were found A', '/dora/summary', AWKWARD);
    expect(causes).toEqual([{ 'found by': 'window', incidents: 1 }]);
    const [failed] = await both<object>('devopstic-incidents', 'Failed deployments A', '/dora/summary', AWKWARD);
    expect(failed.map((row) => [row['failed by'], row['recovery']])).toEqual([
      ['incident', 4500],
      ['status', 1200],
    ]);
  });
});
