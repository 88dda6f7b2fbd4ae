import type { DataSource } from 'typeorm';

import { byBytes } from './model/event.js';
import type { Facts } from './model/facts.js';

type Row = Record<string, unknown>;
/** Every derived row of some pipelines, by table. */
export type Dump = Record<string, Row[]>;

export const DERIVED_TABLES = [
  'commits',
  'pull_requests',
  'pushes',
  'commit_carriers',
  'deployments',
  'deployment_changes',
  'environments',
  'incidents',
  'pipelines',
  'waiting_for_production',
];

/** The pipelines are called `<prefix><name>` in the database and `<name>` in the answer. */
export async function dump(dataSource: DataSource, prefix: string): Promise<Dump> {
  const selects = DERIVED_TABLES.map(
    (table) => `
      SELECT '${table}' AS name, to_jsonb(t) AS row
      FROM devopstic.${table} AS t
      WHERE starts_with(t.pipeline_id, $1)`,
  );
  const found: { name: string; row: Row & { pipeline_id: string } }[] = await dataSource.query(
    selects.join(' UNION ALL '),
    [prefix],
  );
  return Object.fromEntries(
    DERIVED_TABLES.map((table) => [
      table,
      inOrder(
        found
          .filter(({ name }) => name === table)
          .map(({ row }) => ({
            ...row,
            pipeline_id: row.pipeline_id.slice(prefix.length),
          })),
      ),
    ]),
  );
}

/** The part of a dump that the model speaks of, in its form: times in milliseconds, sets sorted. */
export function factsOf(rows: Dump): Record<keyof Facts, Row[]> {
  return comparable({
    commits: rows.commits!,
    deployments: rows.deployments!,
    deploymentChanges: rows.deployment_changes!,
    incidents: rows.incidents!,
    environments: rows.environments!.filter((row) => row.baseline_finished_at !== null),
  });
}

const FIELDS: Record<keyof Facts, string[]> = {
  commits: (
    'pipeline_id commit_id alias_of committed_at submitted_at approved_at landed_at bot ' +
    'reverts rework outside first_review_at first_approval_at review_approved_at'
  ).split(' '),
  deployments: (
    'pipeline_id environment deployment_id status started_at finished_at commit_id commits ' +
    'rollback rework failed_by recovered_at recovery_seconds'
  ).split(' '),
  deploymentChanges: (
    'pipeline_id commit_id environment deployment_id finished_at left_out bot no_review skewed ' +
    'total_seconds review_seconds deployment_seconds commit_to_deploy_seconds rework'
  ).split(' '),
  incidents: (
    'pipeline_id incident_id environment state opened_at resolved_at ' +
    'cause_method cause_environment cause_deployment_id'
  ).split(' '),
  environments: 'pipeline_id environment baseline_deployment_id baseline_finished_at'.split(' '),
};

/** The model's own answer in the same form. */
export function comparable(facts: Record<keyof Facts, object[]>): Record<keyof Facts, Row[]> {
  const rowsOf = (name: keyof Facts): Row[] => inOrder(facts[name].map((fact) => project(fact, FIELDS[name])));
  return {
    commits: rowsOf('commits'),
    deployments: rowsOf('deployments'),
    deploymentChanges: rowsOf('deploymentChanges'),
    incidents: rowsOf('incidents'),
    environments: rowsOf('environments'),
  };
}

/** Rows with only the fields that the first of some others has, in the model's form. */
export function like([first]: object[], rows: object[]): Row[] {
  return rows.map((row) => project(row, Object.keys(first ?? {})));
}

function project(fact: object, fields: string[]): Row {
  const values = new Map<string, unknown>(Object.entries(fact));
  return Object.fromEntries(fields.map((field) => [field, normal(field, values.get(field))]));
}

function normal(field: string, value: unknown): unknown {
  if (/_at$|^timestamp$/.test(field) && typeof value === 'string') return Date.parse(value);
  return Array.isArray(value) ? value.toSorted(byBytes) : (value ?? null);
}

function inOrder(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => byBytes(JSON.stringify(a), JSON.stringify(b)));
}
