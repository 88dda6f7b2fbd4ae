import { MoreThan } from 'typeorm';
import { ApiKey } from '../auth/api-key.entity.js';
import { User } from '../auth/user.entity.js';
import { COMMAND, LENT_KEY } from '../client/local-key.js';
import { type Check, day, found } from './finding.js';

const noAdmin: Check = async ({ dataSource }) => {
  if (await dataSource.getRepository(User).existsBy({ role: 'admin', disabled: false })) return null;
  return {
    name: 'no_admin',
    severity: 'error',
    what: 'No admin can log in.',
    why: 'Nobody can manage users, keys and webhook deliveries.',
    remedy: 'Run devopstic user add <name> --role admin, or devopstic user enable <name> for one who is disabled.',
    items: [],
  };
};

const expiringKeys: Check = async ({ dataSource }) => {
  const keys = await dataSource
    .getRepository(ApiKey)
    .createQueryBuilder('key')
    .where({ expires_at: MoreThan(new Date()) })
    .andWhere(`key.revoked_at IS NULL AND key.expires_at < now() + interval '14 days'`)
    .andWhere(`key.last_used_at > now() - interval '30 days'`)
    // One lent to a command at work ends with that.
    .andWhere('NOT (key.name = :name AND key.created_by = :creator)', { name: LENT_KEY, creator: COMMAND.name })
    .orderBy({ 'key.expires_at': 'ASC', 'key.id': 'ASC' })
    .getMany();
  return found({
    name: 'expiring_keys',
    severity: 'warning',
    what: 'Keys that are in use expire within 14 days:',
    why: 'What their senders tell from then on is refused.',
    remedy: 'Make new ones with devopstic key create, and give them to the senders.',
    items: keys.map(({ name, prefix, expires_at }) => `${name} (${prefix}…), on ${expires_at && day(expires_at)}`),
  });
};

export const ACCESS_CHECKS: readonly Check[] = [noAdmin, expiringKeys];
