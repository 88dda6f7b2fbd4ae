import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseConfig } from '../../src/config/config.js';
import { startEmbedded } from '../../src/database/embedded/embedded.js';

/** A PostgreSQL of a test's own, which it may stop and start again on the same port with the same data. */
export interface TestPostgres {
  database: DatabaseConfig;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** Tests need no data to outlive a power cut. */
const FLAGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

export async function startPostgres(flags: Record<string, string> = FLAGS): Promise<TestPostgres> {
  const data_dir = temporaryFolder();
  const start = () => startEmbedded({ data_dir, port: null, flags });
  let running = await start();
  return {
    database: running.database,
    stop: () => running.stop(),
    start: async () => {
      running = await start();
    },
    remove: async () => {
      await running.stop();
      rmSync(data_dir, { recursive: true, force: true });
    },
  };
}

/** One that the user who runs Postgres can enter, too. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'devopstic-test-'));
  chmodSync(folder, 0o711);
  return folder;
}
