import { Config } from '../../src/config/config.js';
import { migrateDatabase } from '../../src/database/open-database.js';
import { startPostgres } from './postgres.js';

/** Where the workers of jest, which are processes of their own, find the Postgres of this run. */
export const TEST_POSTGRES = 'TEST_POSTGRES';

/** Starts it with a migrated database to copy from; returns how to stop it. */
export async function startTemplate(): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  try {
    await migrateDatabase(postgres.database, new Config({}));
  } catch (cause) {
    await postgres.remove();
    throw cause;
  }
  process.env[TEST_POSTGRES] = JSON.stringify(postgres.database);
  return () => postgres.remove();
}
