import { commandLine } from '../audit/actor.js';
import { ApiKey, type Scope as ApiKeyScope } from '../auth/api-key.entity.js';
import { ApiKeys } from '../auth/api-keys.js';
import type { Caller } from '../auth/caller.js';
import { LastUses } from '../auth/last-uses.js';
import type { Config } from '../config/config.js';
import { hasDatabase, withDatabase } from '../database/with-database.js';
import { interruption } from './interruption.js';

/** As long as the token of a user: an import may have to wait for who tells it. */
const LONGEST_USE_MS = 12 * 3_600_000;
export const LENT_KEY = 'command line';
/** Who makes keys on the machine of the service. */
export const COMMAND: Caller = { kind: 'key', name: 'devopstic', id: '', may: new Set(['admin']), pipelines: null };

/**
 * Whether the service's database can be asked for a key: who runs the service, on the machine where it runs, has what
 * opens the database anyway (the configuration, or the data folder of the embedded one), so need not log in as well.
 */
export function hasLocalDatabase(config: Config, url: string): boolean {
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
  return here && hasDatabase(config);
}

/** Lends a key that ends with its use, also with one that is broken off; should the process be killed, within half a day. */
export function withLocalKey(
  config: Config,
  scopes: readonly ApiKeyScope[],
  use: (secret: string) => Promise<void>,
): Promise<void> {
  return withDatabase(config, (dataSource) =>
    lend(new ApiKeys(dataSource.getRepository(ApiKey), new LastUses(dataSource)), scopes, use),
  );
}

async function lend(
  keys: ApiKeys,
  scopes: readonly ApiKeyScope[],
  use: (secret: string) => Promise<void>,
): Promise<void> {
  const interrupted = interruption();
  const expires_at = new Date(Date.now() + LONGEST_USE_MS).toISOString();
  const key = await keys.create({ name: LENT_KEY, scopes: [...scopes], expires_at }, COMMAND, commandLine());
  try {
    await Promise.race([interrupted, use(key.secret)]);
  } finally {
    await keys.revoke(key.id, commandLine());
  }
}
