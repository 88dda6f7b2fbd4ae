// npm run bench:profile: where recording spends its time inside PostgreSQL, by function, without HTTP.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Client } from 'pg';
import { readEvent } from '../src/events/event.reader.js';
import type { DatabaseConfig } from '../src/config/config.js';
import type { NewEvent } from '../src/events/event.js';
import { startPostgres } from '../test/support/postgres.js';
import { connect, Databases } from './database.js';
import { story, take } from './story.js';

const number = (text: string): number => Number(text);
const { events, batch, pipelines, stored } = new Command('profile')
  .option('--events <count>', 'how many are recorded', number, 40_000)
  .option('--batch <count>', 'of so many at a time', number, 500)
  .option('--pipelines <count>', 'of so many pipelines', number, 100)
  .option('--stored <count>', 'beside so many that are stored already', number, 0)
  .parse()
  .opts<{ events: number; batch: number; pipelines: number; stored: number }>();

const FILLED_AT_ONCE = 20_000;
/** So many are there before in any case, or plans would be those of empty tables, which the service replaces at once. */
const FEWEST_STORED = 2_000;
const told = story(pipelines, 'p');
const postgres = await startPostgres({ max_connections: '20', track_functions: 'all' });
try {
  const databases = await Databases.on(postgres.database);
  const database = await databases.make();
  await fill(database);
  const client = await connect(database);
  const before = await cpuSeconds(client);
  const start = performance.now();
  await record(client, events, batch);
  const seconds = (performance.now() - start) / 1000;
  const cpu = (await cpuSeconds(client)) - before;
  console.log(
    `${Math.round(events / seconds)} events/s; PostgreSQL's own time: ${((cpu * 1e6) / events).toFixed(1)} µs an event`,
  );
  await client.end();
  console.table(await byFunction(await connect(database)));
} finally {
  await postgres.remove();
}

/** Records what is to be there before, and forgets what that took. */
async function fill(database: DatabaseConfig): Promise<void> {
  const client = await connect(database);
  const count = Math.max(stored, FEWEST_STORED);
  for (let done = 0; done < count; done += FILLED_AT_ONCE) {
    await record(client, Math.min(FILLED_AT_ONCE, count - done), 500);
    // As the service, and later autovacuum, would.
    await client.query('ANALYZE');
  }
  await client.query('VACUUM ANALYZE');
  await client.query('SELECT pg_stat_reset()');
  await client.end();
}

async function record(client: Client, count: number, atATime: number): Promise<void> {
  for (let sent = 0; sent < count; sent += atATime) {
    const taken = take(told, atATime).map(newEvent);
    const values = [[...new Set(taken.map(({ pipeline_id }) => pipeline_id))], JSON.stringify(taken)];
    await client.query({ name: 'record', text: 'SELECT * FROM devopstic.record($1, $2)', values });
  }
}

function newEvent(body: object): NewEvent {
  const read = readEvent(body, new Date());
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.event;
}

/** What the server process of this connection has used: other work on the machine does not count. */
async function cpuSeconds(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const stat = readFileSync(`/proc/${rows[0]?.pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user ?? 0) + (system ?? 0)) / 100;
}

async function byFunction(client: Client): Promise<object[]> {
  const { rows } = await client.query<object>(`
    SELECT s.funcname AS function, s.calls::int, round((s.self_time * 1000 / ${events})::numeric, 1)::float AS "µs an event"
    FROM pg_stat_user_functions AS s
    ORDER BY s.self_time DESC`);
  await client.end();
  return rows;
}
