import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DatabaseConfig } from '../config/config.js';
import { StartError } from '../start-error.js';
import { connectionOptions } from './connection.js';

/** What waiting does not mend: a wrong password, no such user, no such database, a certificate that is not trusted. */
const FINAL = /^(28|3D|42)/;
const TRUST = /certificate|does not support SSL|^ERR_TLS|^ERR_SSL/i;

/** Why the database does not answer; null: it does. */
export async function probe(database: DatabaseConfig): Promise<(Error & { code?: string }) | null> {
  const client = new Client({ ...connectionOptions(database), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return null;
  } catch (cause) {
    return cause as Error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Postgres is often started together with us, and slower. */
export async function waitForDatabase(
  database: DatabaseConfig,
  told: (message: string) => void,
  patience_seconds = 30,
): Promise<void> {
  const place = `${database.host}:${database.port}`;
  const until = Date.now() + patience_seconds * 1000;
  for (let pause = 250; ; pause = Math.min(pause * 2, 4000)) {
    const failure = await probe(database);
    if (failure === null) return;
    const reason = reasonOf(failure);
    const final = FINAL.test(failure.code ?? '') || TRUST.test(`${failure.code} ${failure.message}`);
    if (final || Date.now() + pause > until) {
      throw new StartError(`The database ${database.name} at ${place} cannot be used: ${reason}`);
    }
    told(`Waiting for the database ${database.name} at ${place}: ${reason}`);
    await sleep(pause);
  }
}

function reasonOf(failure: Error & { code?: string }): string {
  return failure.message || failure.code || 'no reason given';
}
