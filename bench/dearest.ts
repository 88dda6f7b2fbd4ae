// npm run bench:dearest: how long the dearest single events take: what the time-out of a write has to be above (ADR 0019).
import 'reflect-metadata';
import { Command } from 'commander';
import type { Client } from 'pg';
import type { EventBody } from '../src/events/event.js';
import { readEvent } from '../src/events/event.reader.js';
import { startPostgres } from '../test/support/postgres.js';
import { connect, Databases } from './database.js';

const { commits } = new Command('dearest')
  .option('--commits <count>', 'of the one pipeline', Number, 20_000)
  .parse()
  .opts<{ commits: number }>();

const START = Date.parse('2025-01-01T00:00:00Z');
const AT_ONCE = 500;
const postgres = await startPostgres({ max_connections: '20' });
try {
  const client = await connect(await (await Databases.on(postgres.database)).make());
  for (let first = 0; first < commits; first += AT_ONCE) await record(client, chain(first, first + AT_ONCE));
  await client.query('ANALYZE');
  const [last, middle] = [commits - 1, Math.floor(commits / 2)];
  const rows = {
    'a deployment that newly carries all commits': await record(client, [deployment(last, 2)]),
    'an earlier deployment that comes later, and takes half of them': await record(client, [deployment(middle, 1)]),
    'a deployment in another environment, with 2,048 commits named': await record(client, [
      { ...deployment(last, 3), environment: 'live', commits: ids(commits - 2048, commits) },
    ]),
    'a commit with 64 parents': await record(client, [
      { ...commit(commits), parents: ids(0, 64).map((_, index) => `c${index * Math.floor(commits / 64)}`) },
    ]),
  };
  console.table(
    Object.fromEntries(Object.entries(rows).map(([event, ms]) => [event, { seconds: +(ms / 1000).toFixed(2) }])),
  );
  await client.end();
} finally {
  await postgres.remove();
}

/** Milliseconds. */
async function record(client: Client, bodies: EventBody[]): Promise<number> {
  const events = bodies.map((body) => {
    const read = readEvent(body, new Date());
    if ('errors' in read) throw new Error(JSON.stringify(read.errors));
    return read.event;
  });
  const began = performance.now();
  await client.query({
    name: 'record',
    text: 'SELECT * FROM devopstic.record($1, $2)',
    values: [['shop'], JSON.stringify(events)],
  });
  return performance.now() - began;
}

function ids(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `c${from + index}`);
}

function commit(index: number): EventBody {
  const at = new Date(START + index * 60_000).toISOString();
  const parents = index === 0 ? [] : [`c${index - 1}`];
  return { type: 'commit', pipeline_id: 'shop', commit_id: `c${index}`, parents, timestamp: at, landed_at: at };
}

function chain(from: number, to: number): EventBody[] {
  return Array.from({ length: to - from }, (_, index) => commit(from + index));
}

/** Of a commit, and all before it. */
function deployment(index: number, days: number): EventBody {
  const timestamp = new Date(START + (index * 60 + days * 86_400) * 1000).toISOString();
  return {
    type: 'deploy',
    pipeline_id: 'shop',
    environment: 'production',
    commit_id: `c${index}`,
    status: 'success',
    timestamp,
  };
}
