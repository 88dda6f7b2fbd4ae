import { readFileSync } from 'node:fs';
import type { Queries } from '../database/settings.js';
import type { Actor } from './actor.js';

const COUNT = readFileSync(new URL('count-failed-login.sql', import.meta.url), 'utf8');

/**
 * How many entries a quarter of an hour may have, whoever guesses from wherever: a flood must not fill the table. Beyond it
 * those of further addresses are one for each account.
 */
const MOST_FAILED_LOGINS = 1000;

/**
 * Counts a failed login. The name is not kept where nobody has it, not even hashed: it may be a password typed into the wrong
 * field, and what a hash hides a list of passwords tells.
 *
 * @param account whose name was given, if anybody's
 */
export async function countFailedLogin(
  queries: Queries,
  by: Actor,
  account: { id: string; username: string } | null,
): Promise<void> {
  const { request_id, address, kind, id, name } = by;
  const whose = [account?.id ?? null, account?.username ?? null];
  await queries.query(COUNT, [request_id, address, ...whose, kind, id, name, MOST_FAILED_LOGINS]);
}
