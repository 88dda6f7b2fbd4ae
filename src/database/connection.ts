import type { ClientConfig } from 'pg';
import type { DatabaseConfig } from '../config/config.js';

/** How every connection of the service is made. */
export function connectionOptions(database: DatabaseConfig): ClientConfig {
  return {
    host: database.host,
    port: database.port,
    user: database.user,
    password: database.password,
    database: database.name,
    ssl: SSL[database.ssl],
    application_name: 'devopstic',
    keepAlive: true,
    // Days are cut by the time zone a caller names, never by that of the server; compiling a query costs more than ours.
    options: '-c TimeZone=UTC -c jit=off',
  };
}

const SSL = {
  off: false,
  require: { rejectUnauthorized: false },
  'verify-full': { rejectUnauthorized: true },
};
