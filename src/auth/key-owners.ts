import { In, type EntityManager } from 'typeorm';
import { type Action, keepAct } from '../audit/act.js';
import type { Actor } from '../audit/actor.js';
import { Problem } from '../http/problem.js';
import { ApiKey } from './api-key.entity.js';
import type { Caller } from './caller.js';
import { unauthorized } from './refusals.js';
import { User } from './user.entity.js';

/** Users before keys, as whoever disables a user locks them. */
const OWNER_OF_KEY = `
  SELECT u.id FROM devopstic.users AS u JOIN devopstic.api_keys AS k ON k.owner_id = u.id
  WHERE k.id = $1 AND k.revoked_at IS NULL AND NOT u.disabled FOR SHARE`;
const ENABLED_USER = 'SELECT id FROM devopstic.users WHERE id = $1 AND NOT disabled FOR SHARE';

/**
 * Whose a new key is: the user's who creates it, or the owner's of the key that does; nobody's, if that key is nobody's.
 * Held until the transaction ends, so that whoever is disabled at the same moment, perhaps by another replica, makes no
 * key that outlives it.
 *
 * @throws Problem 401 if the creator has ended meanwhile
 */
export async function ownerFor(creator: Caller, manager: EntityManager): Promise<string | null> {
  if (creator.kind === 'key' && (await isNobodys(creator.id, manager))) return null;
  const query = creator.kind === 'user' ? ENABLED_USER : OWNER_OF_KEY;
  const [owner] = await manager.query<{ id: string }[]>(query, [creator.id]);
  if (!owner) throw unauthorized('The credential has just ended', 'admin', ', error="invalid_token"');
  return owner.id;
}

/** The command line is no key in the database, and belongs to nobody either. */
async function isNobodys(id: string, manager: EntityManager): Promise<boolean> {
  if (id === '') return true;
  const [key] = await manager.query<unknown[]>(
    'SELECT FROM devopstic.api_keys WHERE id = $1 AND owner_id IS NULL AND revoked_at IS NULL FOR SHARE',
    [id],
  );
  return key !== undefined;
}

/**
 * Ends the keys of a user, or hands them to another. To be called once the user is disabled or removed.
 *
 * @returns the keys as they are now, the oldest first
 * @throws Problem 400 if there is nobody to hand them to
 */
export async function settleKeys(
  manager: EntityManager,
  owner_id: string,
  keys_to: string | undefined,
  by: Actor,
): Promise<ApiKey[]> {
  if (keys_to !== undefined) await mustBeEnabled(manager, keys_to, '/keys_to');
  const { raw } = await manager
    .createQueryBuilder()
    .update(ApiKey)
    .set(keys_to === undefined ? { revoked_at: () => 'now()' } : { owner_id: keys_to })
    .where('owner_id = :owner_id AND revoked_at IS NULL', { owner_id })
    .returning('id')
    .execute();
  const ids = (raw as Pick<ApiKey, 'id'>[]).map(({ id }) => id);
  const keys = await manager.find(ApiKey, { where: { id: In(ids) }, order: { created_at: 'ASC', id: 'ASC' } });
  for (const key of keys) {
    if (keys_to === undefined) await keepKeyAct(manager, by, 'key.revoked', key, { owner_ended: owner_id });
    else await keepKeyAct(manager, by, 'key.handed_over', key, { owner_id: keys_to });
  }
  return keys;
}

/** In the transaction that does it. */
export function keepKeyAct(
  manager: EntityManager,
  by: Actor,
  action: Action,
  { id, name }: Pick<ApiKey, 'id' | 'name'>,
  details: object = {},
): Promise<void> {
  return keepAct(manager, by, { action, object: { kind: 'key', id, name }, details: { ...details } });
}

/**
 * Holds the user until the transaction ends.
 *
 * @throws Problem 400 naming the field that gives them
 */
export async function mustBeEnabled(manager: EntityManager, id: string, pointer: string): Promise<void> {
  const user = await manager.findOne(User, { where: { id, disabled: false }, lock: { mode: 'pessimistic_read' } });
  if (user) return;
  throw new Problem(400, 'The request is not valid', [{ pointer, detail: 'must be another user, who is enabled' }]);
}
