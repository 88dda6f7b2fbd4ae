import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { StartError } from '../start-error.js';
import { dataSourceOptions } from './data-source.js';
import { isMigrated } from './migrate.js';
import { openDatabase, type OpenDatabase } from './open-database.js';

export const NOT_MIGRATED = 'The database is not migrated: run devopstic migrate';

/** For a command: the service's database, whether the service runs or not, for as long as it is used. */
export async function withDatabase<T>(
  config: Config,
  use: (dataSource: DataSource, open: OpenDatabase) => Promise<T>,
): Promise<T> {
  const open = await openDatabase(config, (message) => console.error(message));
  try {
    const dataSource = await new DataSource(dataSourceOptions(open.database, () => undefined)).initialize();
    try {
      return await use(dataSource, open);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await open.close();
  }
}

/** @throws StartError if it lacks a migration that this version knows */
export function withMigratedDatabase<T>(config: Config, use: (dataSource: DataSource) => Promise<T>): Promise<T> {
  return withDatabase(config, async (dataSource) => {
    if (!(await isMigrated(dataSource))) throw new StartError(NOT_MIGRATED);
    return use(dataSource);
  });
}
