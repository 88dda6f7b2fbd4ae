import { type Overrides, SHAPE_ROWS } from './projection-settings.js';

/** A connection, or whatever lends one. */
export interface Queries {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** One key for the whole database, or replicas that start at the same time would all migrate. */
const LOCK = 4_613_726_510;

/** Until the transaction ends nobody else migrates, or changes what SQL reads. */
export async function lockSettings(transaction: Queries): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

export async function setting(queries: Queries, name: string): Promise<unknown> {
  const rows = (await queries.query('SELECT value FROM devopstic.settings WHERE name = $1', [name])) as Row[];
  return rows[0]?.value;
}

interface Row {
  value: unknown;
}

export async function set(queries: Queries, name: string, value: unknown): Promise<void> {
  await queries.query(
    'INSERT INTO devopstic.settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, JSON.stringify(value)],
  );
}

/** What the scope rules in force say instead of variables. */
export async function overrides(queries: Queries): Promise<Overrides> {
  const [row] = (await queries.query(
    `SELECT v.rules ->> 'bot_authors' AS bot_authors, v.rules ->> 'production_environments' AS production_environments
     FROM devopstic.scope_versions AS v
     ORDER BY v.version DESC
     LIMIT 1`,
  )) as Overrides[];
  return row ?? { bot_authors: null, production_environments: null };
}

/**
 * Writes settings that SQL reads. If rows were derived with others, that is noted in the same transaction, so that
 * the rebuild is due until it is done, whatever happens to this process. A setting that changes again is noted again:
 * a rebuild that has begun must not count as done with the newer one.
 *
 * @returns the settings because of which a rebuild is due
 */
export async function settle(
  transaction: Queries,
  settings: Readonly<Record<string, string | number>>,
): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const stored = await setting(transaction, name);
    if (stored === value) continue;
    await set(transaction, name, value);
    if (stored !== undefined && SHAPE_ROWS.includes(name)) changed.push(name);
  }
  const due = [...(((await setting(transaction, 'rebuild_due')) as string[] | undefined) ?? []), ...changed];
  if (changed.length > 0) await set(transaction, 'rebuild_due', due);
  return [...new Set(due)];
}
