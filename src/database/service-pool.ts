import { Client, type ClientConfig, Pool, type PoolConfig } from 'pg';
import { READ_TIMEOUT } from './database-fault.js';

/** In which a new connection has to come about, in a pool that waits for a free one as long as it takes. */
const CONNECT_MS = 5000;

type Query = (...told: unknown[]) => unknown;

/**
 * A connection that is closed when the server does not answer within `query_timeout`: it may be frozen, and `pg` alone would
 * have the next one wait for it too.
 */
class ServiceClient extends Client {
  constructor(config: ClientConfig = {}) {
    const { password, connectionTimeoutMillis = CONNECT_MS } = config;
    // A pool hides the password from those who list its options.
    super({ ...config, ...(password === undefined ? {} : { password }), connectionTimeoutMillis });
    const query = this.query.bind(this) as Query;
    // An own property, since one override cannot have the many shapes of the method.
    this.query = ((...told: unknown[]) => {
      const answered = told.at(-1);
      if (typeof answered === 'function') {
        const noted = (error: unknown, result: unknown): void => {
          this.note(error);
          (answered as (error: unknown, result: unknown) => void)(error, result);
        };
        return query(...told.slice(0, -1), noted);
      }
      const result = query(...told);
      if (result instanceof Promise) result.catch((error: unknown) => this.note(error));
      return result;
    }) as Client['query'];
  }

  /** What ends is not put back into its pool, and answers whatever else is asked of it with a fault at once. */
  private note(error: unknown): void {
    if (error instanceof Error && error.message === READ_TIMEOUT) this.end(() => undefined);
  }
}

/** What TypeORM makes its pools of, instead of `pg`. */
export const serviceDriver = {
  Pool: class ServicePool extends Pool {
    constructor(config?: PoolConfig) {
      super({ ...config, Client: ServiceClient });
    }
  },
};
