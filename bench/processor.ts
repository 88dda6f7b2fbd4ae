import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { DatabaseConfig } from '../src/config/config.js';
import { run as ask } from './database.js';

/** Seconds of processor time since the start of the service, and of the server with all of its processes. */
export interface ProcessorTime {
  service: number;
  postgres: number;
}

/** As Linux counts it for other programs, whatever its own clock does. */
const TICKS_A_SECOND = 100;

/** Null where the system does not tell: Linux does. */
export async function processorTime(service: number, database: DatabaseConfig): Promise<ProcessorTime | null> {
  if (!existsSync('/proc/self/stat')) return null;
  const [row] = await ask<{ pid: string }>(
    database,
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`,
  );
  const server = Number(row?.pid);
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
  const used = (pid: number) => processes.find((one) => one.pid === pid);
  const living = processes.filter(({ parent }) => parent === server).reduce((sum, { own }) => sum + own, 0);
  return {
    service: used(service)?.own ?? Number.NaN,
    postgres: living + (used(server)?.of_dead_children ?? Number.NaN),
  };
}

/** Null: it has ended meanwhile. */
function statOf(pid: string) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Its name, in parentheses, may hold anything.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const seconds = (first: number): number => ((fields[first] ?? 0) + (fields[first + 1] ?? 0)) / TICKS_A_SECOND;
    return { pid: Number(pid), parent: fields[1] ?? 0, own: seconds(11), of_dead_children: seconds(13) };
  } catch {
    return null;
  }
}
