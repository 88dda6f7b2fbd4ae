import { AbstractLogger, type DataSourceOptions } from 'typeorm';
import type { DatabaseConfig } from '../config/config.js';
import { connectionOptions } from './connection.js';
import { entities } from './entities.js';
import { migrations } from './migrations.js';
import { type PoolName, POOLS } from './pools.js';
import { serviceDriver } from './service-pool.js';

type PoolError = (error: Error) => void;

export function dataSourceOptions(
  database: DatabaseConfig,
  onPoolError: PoolError,
  pool: PoolName = 'work',
): DataSourceOptions {
  const limits = POOLS[pool];
  return {
    type: 'postgres',
    schema: 'devopstic',
    entities,
    migrations,
    migrationsTableName: 'migrations',
    // Postgres has gen_random_uuid() of its own; extensions are the operator's to install.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: limits.connections,
    ...(limits.wait_ms === null ? {} : { connectTimeoutMS: limits.wait_ms }),
    driver: serviceDriver,
    // A connection that breaks while it is idle (Postgres restarts) is dropped from the pool; the next query makes another.
    poolErrorHandler: onPoolError,
    logger: new NoLog(),
    extra: { ...connectionOptions(database, limits), idleTimeoutMillis: 30_000 },
  };
}

/** What goes wrong is thrown, and logged where it is caught: statements and their parameters belong in no log. */
class NoLog extends AbstractLogger {
  protected override writeLog(): void {
    // Nothing is written.
  }
}
