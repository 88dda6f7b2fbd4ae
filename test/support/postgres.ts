import { rmSync } from 'node:fs';
import { Client } from 'pg';
import type { DatabaseConfig } from '../../src/config/config.js';
import { connectionOptions } from '../../src/database/connection.js';
import { startEmbedded } from '../../src/database/embedded/embedded.js';
import { endLater } from './ending.js';
import { temporaryFolder } from './temporary-folder.js';

export { temporaryFolder };

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
  const stop = endLater(() => running.stop());
  return {
    database: running.database,
    stop: () => running.stop(),
    start: async () => {
      running = await start();
    },
    remove: async () => {
      await stop();
      rmSync(data_dir, { recursive: true, force: true });
    },
  };
}

/** A connection of the test's own; closed with the test, or the block of tests, that opened it. */
export async function aClient(database: DatabaseConfig): Promise<Client> {
  const client = new Client(connectionOptions(database));
  endLater(() => client.end());
  await client.connect();
  return client;
}
