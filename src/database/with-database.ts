import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { StartError } from '../start-error.js';
import { dataSourceOptions } from './data-source.js';
import { holdsDatabase } from './embedded/data-dir.js';
import { isUpToDate } from './migrate.js';
import { openDatabase, type OpenDatabase } from './open-database.js';

export const NOT_MIGRATED = 'The database is not migrated: run devopstic migrate';

type Use<T> = (dataSource: DataSource, open: OpenDatabase) => Promise<T>;

/** Whether there is a database, or where one is said to be; the embedded one is made by its first start. */
export function hasDatabase(config: Config): boolean {
  return config.database !== null || holdsDatabase(config.data_dir);
}

/**
 * For a command: the service's database, whether the service runs or not, for as long as it is used.
 *
 * @throws StartError where there is none: in a wrong folder, a new and empty one would be made, and taken for the service's
 */
export async function withDatabase<T>(config: Config, use: Use<T>): Promise<T> {
  if (!hasDatabase(config)) {
    throw new StartError(
      `There is no database in ${config.data_dir}, and no DEVOPSTIC_DATABASE_* is set: ` +
        'run this where the service runs, with its settings',
    );
  }
  return withNewDatabase(config, use);
}

/** The same for what an installation may begin with: the embedded one is made if there is none. */
export async function withNewDatabase<T>(config: Config, use: Use<T>): Promise<T> {
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

/** @throws StartError if it is not as this version needs it */
export function withMigratedDatabase<T>(config: Config, use: (dataSource: DataSource) => Promise<T>): Promise<T> {
  return withDatabase(config, async (dataSource) => {
    if (!(await isUpToDate(dataSource))) throw new StartError(NOT_MIGRATED);
    return use(dataSource);
  });
}
