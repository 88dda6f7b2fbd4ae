import { DataSource } from 'typeorm';
import type { Config, DatabaseConfig } from '../config/config.js';
import { dataSourceOptions } from './data-source.js';
import { migrate, type Migrated } from './migrate.js';
import { waitForDatabase } from './wait-for-database.js';

/** A database that answers, and who has to be told when it is no longer needed. */
export interface OpenDatabase {
  database: DatabaseConfig;
  /** Where the data of the embedded Postgres is; null: the database is not ours. */
  folder: string | null;
  /** Has the embedded Postgres started again whenever it dies; others are not ours to start. */
  watch(): void;
  close(): Promise<void>;
}

/** The database of the configuration, or else the embedded one, which is started. */
export async function openDatabase(config: Config, told: (message: string) => void): Promise<OpenDatabase> {
  if (config.database !== null) {
    await waitForDatabase(config.database, told);
    return { database: config.database, folder: null, watch: () => undefined, close: async () => undefined };
  }
  // Only here, since an installation that uses a database of its own may leave the embedded one out.
  const { startEmbedded } = await import('./embedded/embedded.js');
  const embedded = await startEmbedded({ data_dir: config.data_dir, port: config.embedded_port });
  const { database: place, folder } = embedded;
  return { database: place, folder, watch: () => embedded.watch(told), close: () => embedded.stop() };
}

/** Migrates over a connection of its own, so that the service starts on a database that is as it should be. */
export async function migrateDatabase(database: DatabaseConfig, config: Config): Promise<Migrated> {
  const dataSource = await new DataSource(dataSourceOptions(database, () => undefined)).initialize();
  try {
    return await migrate(dataSource, config);
  } finally {
    await dataSource.destroy();
  }
}
