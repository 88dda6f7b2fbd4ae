import { ApiKey } from '../auth/api-key.entity.js';
import { ApiKeys } from '../auth/api-keys.js';
import { LastUses } from '../auth/last-uses.js';
import { Passwords } from '../auth/passwords.js';
import { User } from '../auth/user.entity.js';
import { Sessions } from '../auth/sessions.js';
import { UserMemory } from '../auth/user-memory.js';
import { Users } from '../auth/users.js';
import { Config } from '../config/config.js';
import { withMigratedDatabase } from '../database/with-database.js';
import { inOwnWords } from './own-words.js';

/** Users and keys in the service's own database. */
export interface Access {
  users: Users;
  keys: ApiKeys;
}

export function withAccess<T>(use: (access: Access) => Promise<T>): Promise<T> {
  const config = new Config();
  return inOwnWords(() =>
    withMigratedDatabase(config, (dataSource) => {
      const uses = new LastUses(dataSource);
      const keys = new ApiKeys(dataSource.getRepository(ApiKey), uses);
      const memory = new UserMemory(dataSource.getRepository(User), new Sessions(dataSource, uses, config));
      return use({ keys, users: new Users(dataSource, new Passwords(), memory, keys) });
    }),
  );
}
