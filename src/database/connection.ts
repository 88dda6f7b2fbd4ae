import type { ClientConfig } from 'pg';
import type { DatabaseConfig } from '../config/config.js';
import { type PoolLimits, POOLS } from './pools.js';

/** So much longer than the server we wait for its answer, which may never come. */
const GRACE_MS = 5000;

/** How every connection of the service is made. */
export function connectionOptions(database: DatabaseConfig, limits: PoolLimits = POOLS.work): ClientConfig {
  return {
    host: database.host,
    port: database.port,
    user: database.user,
    password: database.password,
    database: database.name,
    ssl: SSL[database.ssl],
    application_name: 'devopstic',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: settingsOf(limits),
    ...(limits.statement_ms === null ? {} : { query_timeout: limits.statement_ms + GRACE_MS }),
  };
}

/** In one option and not as parameters of their own, which poolers refuse that are told to ignore this one (doc/scaling.md). */
function settingsOf({ statement_ms, lock_ms, idle_ms }: PoolLimits): string {
  const settings = {
    // Days are cut by the time zone a caller names, never by that of the server; compiling a query costs more than ours.
    TimeZone: 'UTC',
    jit: 'off',
    statement_timeout: statement_ms,
    lock_timeout: lock_ms,
    idle_in_transaction_session_timeout: idle_ms,
  };
  const set = Object.entries(settings).filter(([, value]) => value !== null);
  return set.map(([name, value]) => `-c ${name}=${value}`).join(' ');
}

const SSL = {
  off: false,
  require: { rejectUnauthorized: false },
  'verify-full': { rejectUnauthorized: true },
};
