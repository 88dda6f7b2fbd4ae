import { cpus, release, totalmem, type } from 'node:os';
import type { DatabaseConfig } from '../src/config/config.js';
import { run as ask } from './database.js';

/** What a benchmark runs on, in words. */
export async function describeMachine(database: DatabaseConfig): Promise<string> {
  const [server] = await ask<{ server_version: string }>(database, 'SHOW server_version');
  const model = cpus()[0]?.model ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  const kernel = `${type()} ${release().split('-')[0]}`;
  const node = `Node ${process.versions.node}`;
  return `${cpus().length} × ${model}, ${memory} GB, ${kernel}, ${node}, PostgreSQL ${server?.server_version}`;
}
