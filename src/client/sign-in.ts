import type { Scope as ApiKeyScope } from '../auth/api-key.entity.js';
import type { Config } from '../config/config.js';
import { StartError } from '../start-error.js';
import type { ServiceClient } from './service-client.js';

/**
 * By the key of the configuration, else as its first admin, else as whoever may use the service's own database. Never by
 * an argument: those are in the history of the shell, and in the list of processes, for all to see.
 */
export async function asSomebody(
  service: ServiceClient,
  config: Config,
  act: () => Promise<void>,
  scopes: readonly ApiKeyScope[] = ['events:write', 'metrics:read'],
): Promise<void> {
  const { service_key, username, password } = config;
  if (service_key === null && password === null) {
    // Only now: it comes with all that reads and writes the database.
    const { hasLocalDatabase, withLocalKey } = await import('./local-key.js');
    if (!hasLocalDatabase(config, service.url)) {
      throw new StartError(
        'Say who you are: set DEVOPSTIC_KEY to an API key, or DEVOPSTIC_USERNAME and DEVOPSTIC_PASSWORD',
      );
    }
    return withLocalKey(config, scopes, (lent) => {
      service.useCredential(lent);
      return act();
    });
  }
  if (service_key !== null) service.useCredential(service_key);
  else await service.logIn(username ?? 'admin', password ?? '');
  return act();
}
