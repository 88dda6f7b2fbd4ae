import { readFileSync } from 'node:fs';
import { METRIC_NAMES, type Metric } from '../src/metrics/catalogue/metrics.js';
import { startApp, type TestApp } from './support/app.js';

const FACTS = readFileSync(new URL('./support/many-facts.sql', import.meta.url), 'utf8');
const TABLES = ['deployments', 'deployment_changes', 'commits', 'incidents', 'waiting_for_production'];

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Node[];
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.dataSource.query(FACTS);
  await app.dataSource.query('VACUUM ANALYZE');
});
afterAll(() => app.close());

/** What reads the rows of each metric, of one pipeline and 90 days. */
const RANGE = `$1::text[], NULL, '2025-09-01', '2025-12-01', 'UTC', $2::text, false`;
const DEPLOYMENTS = `deployment_sums_of_rows(${RANGE})`;
const INSTANTS = `reporting.bucket_ends('2025-09-01', '2025-12-01', 'UTC', $2::text)`;
const READERS: Record<Metric, string[]> = {
  deployment_frequency: [DEPLOYMENTS],
  change_failure_rate: [DEPLOYMENTS],
  rework_rate: [DEPLOYMENTS],
  failed_deployment_recovery_time: [DEPLOYMENTS, `duration_statistics_of_rows('recovery', ${RANGE})`],
  lead_time: [`lead_times_of_rows(${RANGE}, false)`],
  time_to_restore: [`duration_statistics_of_rows('restore', ${RANGE})`, `incidents_open_of_rows(${RANGE})`],
  work_waiting: ['NULL', `'{production}'`].map(
    (environments) => `waiting_at($1::text[], ${environments}, ${INSTANTS}, false, false)`,
  ),
};

async function reads(metric: Metric, bucket: string | null): Promise<string[]> {
  const nodes: string[] = [];
  for (const reader of READERS[metric]) {
    nodes.push(...(await nodesOf(`SELECT m.* FROM reporting.${reader} AS m`, [['p7'], bucket])));
  }
  return nodes;
}

/** Every node that reads a table of facts. */
async function nodesOf(sql: string, values: unknown[]): Promise<string[]> {
  const [{ 'QUERY PLAN': plans }] = await app.dataSource.query<[{ 'QUERY PLAN': { Plan: Node }[] }]>(
    `EXPLAIN (FORMAT JSON) ${sql}`,
    values,
  );
  const below = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(below)];
  return plans
    .flatMap(({ Plan }) => below(Plan))
    .filter((node) => TABLES.includes(node['Relation Name'] ?? '') || node['Node Type'] === 'Bitmap Index Scan')
    .map((node) => `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name'] ?? ''}`.trim());
}

it('incidents that last into a range are found by their end', async () => {
  const sql = readFileSync(new URL('../src/incidents/incident-list.sql', import.meta.url), 'utf8');
  const values = [['p7'], ['production'], '2026-02-20', '2026-03-01', 101, null, null, null];
  expect(await nodesOf(sql, values)).toEqual(expect.arrayContaining([expect.stringContaining('incidents_over_idx')]));
});

describe('the plan', () => {
  it.each(METRIC_NAMES)('of %s scans no table of facts', async (metric) => {
    for (const bucket of [null, 'week']) {
      expect((await reads(metric, bucket)).filter((node) => node.startsWith('Seq Scan'))).toEqual([]);
    }
  });

  it.each([
    ['deployment_frequency', 'deployments_finished_idx'],
    ['change_failure_rate', 'deployments_finished_idx'],
    ['failed_deployment_recovery_time', 'deployments_finished_idx'],
    ['rework_rate', 'deployments_finished_idx'],
    ['lead_time', 'deployment_changes_finished_idx'],
  ] as [Metric, string][])('of %s reads its index and no row', async (metric, index) => {
    expect(await reads(metric, null)).toEqual(expect.arrayContaining([`Index Only Scan ${index}`]));
  });
});
