import type { Queries } from '../database/settings.js';
import type { Actor } from './actor.js';

/** Every kind of act that is kept. A new one is a word here, and `keepAct` where it is done. */
export const ACTIONS = [
  'login.succeeded',
  'login.failed',
  'logout',
  'user.created',
  'user.renamed',
  'user.role_changed',
  'user.password_set',
  'user.disabled',
  'user.enabled',
  'user.session_ended',
  'user.sessions_ended',
  'user.removed',
  'key.created',
  'key.handed_over',
  'key.revoked',
  'rules.changed',
  'hook.created',
  'hook.changed',
  'hook.secret_rotated',
  'hook.removed',
  'replay.started',
  'replay.ended',
  'grafana_role.granted',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What was done, and to what. */
interface Act {
  action: Action;
  object: { kind: string; id?: string; name?: string };
  /** What a reader of the trail wants to know besides. No passwords, secrets or tokens, and no names of people. */
  details?: Readonly<Record<string, unknown>>;
}

/**
 * Keeps who did what, in the transaction that does it: both happen or neither.
 *
 * @param queries the handle of that transaction
 */
export async function keepAct(queries: Queries, by: Actor, { action, object, details = {} }: Act): Promise<void> {
  await queries.query(
    `INSERT INTO devopstic.audit_entries
       (request_id, actor_kind, actor_id, actor_name, address, action, object_kind, object_id, object_name, details)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      by.request_id,
      by.kind,
      by.id,
      by.name,
      by.address,
      action,
      object.kind,
      object.id ?? null,
      object.name ?? null,
      JSON.stringify(details),
    ],
  );
}
