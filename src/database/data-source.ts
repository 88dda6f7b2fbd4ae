import { AbstractLogger, type DataSourceOptions } from 'typeorm';
import type { DatabaseConfig } from '../config/config.js';
import { connectionOptions } from './connection.js';
import { entities } from './entities.js';
import { migrations } from './migrations.js';

/** More connections than this only wait for each other (doc/adr): two writers and some readers keep two cores busy. */
const POOL_SIZE = 10;

export type PoolError = (error: Error) => void;

export function dataSourceOptions(database: DatabaseConfig, onPoolError: PoolError): DataSourceOptions {
  return {
    type: 'postgres',
    schema: 'devopstic',
    entities,
    migrations,
    migrationsTableName: 'migrations',
    // Postgres has gen_random_uuid() of its own; extensions are the operator's to install.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: POOL_SIZE,
    connectTimeoutMS: 5000,
    // A connection that breaks while it is idle (Postgres restarts) is dropped from the pool; the next query makes another.
    poolErrorHandler: onPoolError,
    logger: new NoLog(),
    extra: { ...connectionOptions(database), idleTimeoutMillis: 30_000 },
  };
}

/** What goes wrong is thrown, and logged where it is caught: statements and their parameters belong in no log. */
class NoLog extends AbstractLogger {
  protected override writeLog(): void {
    // Nothing is written.
  }
}
