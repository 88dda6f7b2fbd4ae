import type { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { DatabaseConfig } from '../../src/config/config.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { median } from '../result.js';

interface Statement {
  text: string;
  parameters: unknown[];
}

/** What the service asks of its database for one answer. */
export type Question = readonly Statement[];

const EXECUTIONS = 15;
const PATIENCE_MS = 2_000;

/** The service's connections, which note what is asked over them. */
class Recording extends DataSource {
  readonly asked: Statement[] = [];

  override async query<T>(text: string, parameters: unknown[] = []): Promise<T> {
    this.asked.push({ text, parameters });
    return super.query<T>(text, parameters);
  }
}

/** Lets a part of the service answer, and tells what it answered and what it asked for that. */
export async function asked<T>(
  database: DatabaseConfig,
  answer: (dataSource: DataSource) => Promise<T>,
): Promise<{ question: Question; answer: T }> {
  const dataSource = new Recording(dataSourceOptions(database, () => undefined));
  await dataSource.initialize();
  try {
    dataSource.asked.length = 0;
    return { answer: await answer(dataSource), question: dataSource.asked };
  } finally {
    await dataSource.destroy();
  }
}

/**
 * The milliseconds that the server takes to plan it, to execute it and to write its rows out: the median of several
 * times over one connection, the first of which does not count, since it fills the caches. What takes seconds is asked
 * once.
 */
export async function serverTime(client: Client, question: Question): Promise<number> {
  const times: number[] = [];
  const until = performance.now() + PATIENCE_MS;
  do {
    let time = 0;
    for (const statement of question) time += await timed(client, statement);
    times.push(time);
  } while (times.length < EXECUTIONS && performance.now() < until);
  return median(times.length > 1 ? times.slice(1) : times);
}

async function timed(client: Client, { text, parameters }: Statement): Promise<number> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ 'Planning Time': number; 'Execution Time': number }] }>(
    `EXPLAIN (ANALYZE, SERIALIZE TEXT, TIMING OFF, BUFFERS OFF, FORMAT JSON) ${text}`,
    parameters,
  );
  const plan = rows[0]?.['QUERY PLAN'][0];
  return (plan?.['Planning Time'] ?? Number.NaN) + (plan?.['Execution Time'] ?? Number.NaN);
}
