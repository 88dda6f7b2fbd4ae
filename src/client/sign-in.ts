import type { Config } from '../config/config.js';
import { StartError } from '../start-error.js';
import { hasLocalDatabase, withLocalKey } from './local-key.js';
import type { ServiceClient } from './service-client.js';

/** How a command says who it is; with none of these, as the configuration says. */
export interface Credentials {
  username?: string;
  password?: string;
  /** An API key, or a user's token. */
  key?: string;
}

/** Whoever was named; else the key, else the first admin of the configuration; else whoever may use the service's own database. */
export async function asSomebody(
  service: ServiceClient,
  config: Config,
  { username, password, key: given }: Credentials,
  act: () => Promise<void>,
): Promise<void> {
  const secret = password ?? config.password;
  const named = username !== undefined || password !== undefined;
  const key = given ?? (named ? undefined : (config.service_key ?? undefined));
  if (key === undefined && secret === null) {
    if (username !== undefined || !hasLocalDatabase(config, service.url)) {
      throw new StartError('Say who you are: give --password, or --key');
    }
    return withLocalKey(config, (lent) => {
      service.useCredential(lent);
      return act();
    });
  }
  if (key !== undefined) service.useCredential(key);
  else await service.logIn(username ?? config.username ?? 'admin', secret ?? '');
  return act();
}
