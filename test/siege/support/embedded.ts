import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseConfig } from '../../../src/config/config.js';

/** The PostgreSQL that a service keeps in its data folder, as this test reaches it. */
export function databaseIn(data_dir: string): DatabaseConfig {
  const kept = JSON.parse(readFileSync(join(data_dir, 'database.json'), 'utf8')) as { port: number; password: string };
  return { host: '127.0.0.1', user: 'devopstic', name: 'devopstic', ssl: 'off', ...kept };
}
