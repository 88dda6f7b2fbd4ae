import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { residentMemory, type RunningService } from '../service.js';

/** What a running service holds, at that part of the whole time, 0 to 1. */
export interface Sample {
  at: number;
  /** Resident bytes of its process. */
  memory: number;
  /** Of its connections to the database. */
  connections: number;
}

/** Looks so many times within so many seconds. */
export async function watch(
  service: RunningService,
  client: Client,
  { seconds, samples }: { seconds: number; samples: number },
): Promise<Sample[]> {
  const seen: Sample[] = [];
  const start = performance.now();
  for (let number = 1; number <= samples; number++) {
    await sleep(Math.max(0, start + (number * seconds * 1000) / (samples + 1) - performance.now()));
    const at = (performance.now() - start) / (seconds * 1000);
    seen.push({ at, memory: await residentMemory(service), connections: await connections(client) });
  }
  return seen;
}

async function connections(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count
     FROM pg_stat_activity AS a
     WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()`,
  );
  return rows[0]?.count ?? Number.NaN;
}
