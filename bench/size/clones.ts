import type { Client } from 'pg';
import type { Template } from './spread.js';

/** Clones end by up to so much before their templates. */
const MINUTES_APART = 14 * 24 * 60;
const DEPLOYMENTS_A_STEP = 100_000;

/** Every derived table, and the order in which the new rows of many pipelines come to lie. */
export const FACTS = {
  pipelines: 'c.number',
  environments: 'c.number',
  deployments: 't.started_at + c.shift',
  commits: 't.committed_at + c.shift',
  commit_carriers: 't.finished_at + c.shift',
  deployment_changes: 't.finished_at + c.shift',
  waiting_for_production: 't.commit_id',
  pull_requests: 't.approved_at + c.shift',
  pushes: 't.head',
  incidents: 't.opened_at + c.shift',
} as const;

/** A pipeline with the rows of another, at other times. */
export interface Clone {
  number: number;
  pipeline_id: string;
  template: Template;
}

export function cloneOf(template: Template, number: number): Clone {
  return { number, template, pipeline_id: template.pipeline_id.replace(/0$/, String(number)) };
}

/** Copies the rows of all facts, some pipelines at a time. */
export async function cloneFacts(
  client: Client,
  clones: readonly Clone[],
  tell: (what: string) => void,
): Promise<void> {
  await store(client, clones);
  let done = 0;
  for (const step of steps(clones)) {
    for (const [table, order] of Object.entries(FACTS)) await cloneRows(client, table, order, step);
    done += sum(step);
    tell(`cloned ${done.toLocaleString('en')} of ${sum(clones).toLocaleString('en')} deployments`);
  }
}

export function cloneEvents(client: Client, clone: Clone): Promise<void> {
  return cloneRows(client, 'events', 't.received_at', [clone]);
}

export function sum(clones: readonly Clone[]): number {
  return clones.reduce((all, { template }) => all + template.deployments, 0);
}

async function store(client: Client, clones: readonly Clone[]): Promise<void> {
  const rows = clones.map(({ number, pipeline_id, template }) => ({
    number,
    pipeline_id,
    template: template.pipeline_id,
    // Spread over the time, whatever comes after what.
    shift: `-${(number * 7919) % MINUTES_APART} minutes`,
  }));
  await client.query(
    `INSERT INTO bench.clones (number, pipeline_id, template, shift)
     SELECT c.number, c.pipeline_id, c.template, c.shift
     FROM json_to_recordset($1) AS c (number integer, pipeline_id text, template text, shift interval)`,
    [JSON.stringify(rows)],
  );
}

function* steps(clones: readonly Clone[]): Generator<Clone[]> {
  let step: Clone[] = [];
  for (const clone of clones) {
    step.push(clone);
    if (sum(step) < DEPLOYMENTS_A_STEP) continue;
    yield step;
    step = [];
  }
  if (step.length > 0) yield step;
}

/** Of clones with numbers that follow each other. */
async function cloneRows(client: Client, table: string, order: string, clones: readonly Clone[]): Promise<void> {
  const [first, last] = [clones[0]?.number, clones.at(-1)?.number];
  await client.query('SELECT bench.clone_rows($1, $2, $3, $4)', [table, order, first, last]);
}
