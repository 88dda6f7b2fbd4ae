import type { EntityManager } from 'typeorm';
import { type Action, keepAct } from '../audit/act.js';
import type { Actor } from '../audit/actor.js';
import type { UserChange } from './user.body.js';
import type { User } from './user.entity.js';

type Named = Pick<User, 'id' | 'username'>;

/** Keeps what is done to a user, in the transaction that does it. */
export function keepUserAct(
  manager: EntityManager,
  by: Actor,
  action: Action,
  { id, username: name }: Named,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return keepAct(manager, by, { action, object: { kind: 'user', id, name }, details });
}

/** The same of a change, which may be several acts. `before`: under the name that the user had until then. */
export async function keepUserChange(
  manager: EntityManager,
  by: Actor,
  before: Named,
  { username, role, disabled, password }: UserChange,
): Promise<void> {
  if (username !== undefined) await keepUserAct(manager, by, 'user.renamed', before);
  if (role !== undefined) await keepUserAct(manager, by, 'user.role_changed', before, { role });
  if (password !== undefined) await keepUserAct(manager, by, 'user.password_set', before);
  if (disabled !== undefined) await keepUserAct(manager, by, disabled ? 'user.disabled' : 'user.enabled', before);
}
