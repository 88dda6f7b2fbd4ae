import type { DatabaseConfig } from '../../src/config/config.js';
import type { Bench } from '../bench.js';
import { run as ask } from '../database.js';
import { copyLimit } from '../limits/copy.js';
import { insertLimit } from '../limits/insert.js';
import { type Load, type Loaded, put } from '../load/load.js';
import { processorTime } from '../processor.js';
import { type Goal, spread } from '../result.js';
import { startService, type RunningService } from '../service.js';

const PIPELINES = 100;
const EVENTS_A_REQUEST = 1000;
const CONNECTIONS = { single: 200, bulk: 4 };
const MOST_SECONDS_OF_WARMTH = 2;

interface Ingested {
  single: Spent;
  bulk: Spent;
}

/** With the microseconds of processor time that each event took; null where the system does not tell. */
type Spent = Loaded & { spent: { service: number; postgres: number } | null };

interface Run {
  insert: number;
  copy: number;
  empty: Ingested;
  stored: Ingested;
}

/** Events over HTTP, on an empty database and beside many stored ones, and what Postgres does without deriving anything. */
export async function ingest(bench: Bench): Promise<Goal[]> {
  const full = await bench.databases.make();
  await fill(full, bench.size.stored, bench);
  const bytes = (await sizeOf(full)) / bench.size.stored;
  const runs: Run[] = [];
  for (let count = 1; count <= bench.runs; count++) {
    bench.tell(`ingest, run ${count} of ${bench.runs}`);
    runs.push(await oneRun(full, count, bench));
  }
  await bench.databases.drop(full);
  return goals(runs, bench.size.stored, bytes);
}

async function fill(database: DatabaseConfig, events: number, bench: Bench): Promise<void> {
  bench.tell(`storing ${events} events`);
  const service = await startService(database);
  await put(bulkOf(events, 'stored'), service);
  await service.stop();
}

async function oneRun(full: DatabaseConfig, run: number, bench: Bench): Promise<Run> {
  const empty = await bench.databases.make();
  const { rate: insert, by } = await insertLimit(empty, bench.size.seconds);
  if (run === 1) bench.tell(`single INSERTs by ${by}`);
  const one = await ingested(empty, `e${run}`, bench);
  const copy = await copyLimit(empty, bench.size.bulk);
  await bench.databases.drop(empty);
  return { insert, copy, empty: one, stored: await ingested(full, `f${run}`, bench) };
}

async function ingested(database: DatabaseConfig, prefix: string, bench: Bench): Promise<Ingested> {
  const service = await startService(database);
  await warm(service, prefix, bench);
  const shape = { connections: CONNECTIONS.single, eventsARequest: 1, pipelines: PIPELINES };
  const single = await spending(database, service, { ...shape, seconds: bench.size.seconds, prefix: `${prefix}s` });
  const bulk = await spending(database, service, bulkOf(bench.size.bulk, `${prefix}b`));
  await service.stop();
  return { single, bulk };
}

async function spending(database: DatabaseConfig, service: RunningService, load: Load): Promise<Spent> {
  const before = await processorTime(service.pid, database);
  const loaded = await put(load, service);
  const after = await processorTime(service.pid, database);
  if (before === null || after === null) return { ...loaded, spent: null };
  const each = (of: 'service' | 'postgres'): number => ((after[of] - before[of]) * 1e6) / loaded.events;
  return { ...loaded, spent: { service: each('service'), postgres: each('postgres') } };
}

function warm(service: RunningService, prefix: string, { size }: Bench): Promise<Loaded> {
  const seconds = Math.min(size.seconds, MOST_SECONDS_OF_WARMTH);
  return put({ connections: 50, seconds, eventsARequest: 1, pipelines: PIPELINES, prefix: `${prefix}w` }, service);
}

function bulkOf(events: number, prefix: string) {
  const requests = Math.ceil(events / EVENTS_A_REQUEST);
  return { connections: CONNECTIONS.bulk, requests, eventsARequest: EVENTS_A_REQUEST, pipelines: PIPELINES, prefix };
}

async function sizeOf(database: DatabaseConfig): Promise<number> {
  const [row] = await ask<{ bytes: string }>(database, 'SELECT pg_database_size(current_database()) AS bytes');
  return Number(row?.bytes);
}

function goals(runs: Run[], stored: number, bytes: number): Goal[] {
  const each = (value: (run: Run) => number): number[] => runs.map((run) => value(run));
  const told = (name: string, value: (run: Run) => number): string => `${name} ${spread(each(value))}`;
  const spent = (of: (run: Run) => Spent): string => {
    const all = runs.flatMap((run) => of(run).spent ?? []);
    if (all.length === 0) return '';
    const [service, postgres] = [all.map((one) => one.service), all.map((one) => one.postgres)];
    return `; of the processors an event took µs of the service ${spread(service)}, of PostgreSQL ${spread(postgres)}`;
  };
  return [
    {
      goal: 'single events over HTTP ÷ single INSERTs of 32 connections',
      floor: 0.5,
      aim: 0.85,
      better: 'more',
      runs: each((run) => run.empty.single.rate / run.insert),
      detail: `${told('events/s', (run) => run.empty.single.rate)}; ${told('INSERTs/s', (run) => run.insert)}${spent((run) => run.empty.single)}`,
    },
    {
      goal: 'p99 ÷ p50 there',
      floor: 2.5,
      aim: 2,
      better: 'less',
      runs: each((run) => run.empty.single.p99 / run.empty.single.p50),
      detail: `${told('p50 ms', (run) => run.empty.single.p50)}; ${told('p99 ms', (run) => run.empty.single.p99)}`,
    },
    {
      goal: 'bulk over HTTP ÷ COPY of the same events',
      floor: 0.3,
      aim: 0.6,
      better: 'more',
      runs: each((run) => run.empty.bulk.rate / run.copy),
      detail: `${told('events/s', (run) => run.empty.bulk.rate)}; ${told('COPY rows/s', (run) => run.copy)}${spent((run) => run.empty.bulk)}`,
    },
    {
      goal: `single events at ${stored.toLocaleString('en')} stored ÷ on an empty database`,
      floor: 0.8,
      aim: 0.95,
      better: 'more',
      runs: each((run) => run.stored.single.rate / run.empty.single.rate),
      detail: `${told('events/s', (run) => run.stored.single.rate)}${spent((run) => run.stored.single)}`,
    },
    {
      goal: `bulk at ${stored.toLocaleString('en')} stored ÷ on an empty database`,
      floor: 0.8,
      aim: 0.95,
      better: 'more',
      runs: each((run) => run.stored.bulk.rate / run.empty.bulk.rate),
      detail: `${told('events/s', (run) => run.stored.bulk.rate)}; ${Math.round(bytes)} bytes of disk an event${spent((run) => run.stored.bulk)}`,
    },
  ];
}
