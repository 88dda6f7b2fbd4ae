import { IsNull, MoreThan } from 'typeorm';
import { ApiKey } from '../auth/api-key.entity.js';
import { faultOf } from '../auth/password-rules.js';
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

/** A key lent to a command at work ends with that. */
const NOT_LENT = [
  'NOT (key.name = :name AND key.created_by = :creator)',
  { name: LENT_KEY, creator: COMMAND.name },
] as const;

const expiringKeys: Check = async ({ dataSource }) => {
  const keys = await dataSource
    .getRepository(ApiKey)
    .createQueryBuilder('key')
    .where({ expires_at: MoreThan(new Date()) })
    .andWhere(`key.revoked_at IS NULL AND key.expires_at < now() + interval '14 days'`)
    .andWhere(`key.last_used_at > now() - interval '30 days'`)
    .andWhere(...NOT_LENT)
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

const ownerlessKeys: Check = async ({ dataSource }) => {
  const keys = await dataSource
    .getRepository(ApiKey)
    .createQueryBuilder('key')
    .where({ owner_id: IsNull(), revoked_at: IsNull() })
    .andWhere('(key.expires_at IS NULL OR key.expires_at > now())')
    .andWhere(...NOT_LENT)
    .orderBy({ 'key.created_at': 'ASC', 'key.id': 'ASC' })
    .getMany();
  return found({
    name: 'ownerless_keys',
    severity: 'note',
    what: 'API keys belong to nobody:',
    why: 'They end with no user, so somebody who has left may still hold them.',
    remedy: 'Say who answers for them by devopstic key give <id> <user>, or end them by devopstic key revoke <id>.',
    items: keys.map(({ id, name, prefix, created_by }) => `${name} (${prefix}…) by ${created_by}: ${id}`),
  });
};

const usersAlike: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ names: string }[]>(
    `SELECT string_agg(username, ', ' ORDER BY username COLLATE "C") AS names
     FROM devopstic.users GROUP BY lower(username COLLATE "C") HAVING count(*) > 1 ORDER BY 1`,
  );
  return found({
    name: 'users_alike',
    severity: 'warning',
    what: 'Names of users differ in upper and lower case only:',
    why: 'Each can log in by the exact name only, and one may be taken for the other.',
    remedy: 'Rename one by devopstic user rename <name> <new>, or remove it.',
    items: rows.map(({ names }) => names),
  });
};

/** Other passwords are only hashes. */
const weakPassword: Check = async ({ config: { username, password } }) => {
  const fault = password === null ? null : await faultOf(password, username ?? '');
  if (fault === null) return null;
  return {
    name: 'weak_password',
    severity: 'warning',
    what: `DEVOPSTIC_PASSWORD ${fault}.`,
    why: 'It opens everything to whoever guesses it. Where it is applied already it stays; as a new one it stops the start.',
    remedy: 'Choose another. It is applied at the next start.',
    items: [],
  };
};

export const ACCESS_CHECKS: readonly Check[] = [noAdmin, expiringKeys, usersAlike, weakPassword, ownerlessKeys];
