import type { DataSource, QueryRunner } from 'typeorm';
import { keepAct } from '../audit/act.js';
import type { Actor } from '../audit/actor.js';
import { StartError } from '../start-error.js';

const NO_RIGHT = '42501';

interface ReaderRole {
  role: string;
  /** null: an existing role keeps its own. */
  password: string | null;
}

/**
 * A role that may read the reporting views and call the reporting functions, and nothing else: no table, no secret. What
 * it may read follows the schema: see grant-reporting.sql, which every migration runs again.
 *
 * @throws StartError with the statements that an administrator has to run, if we may not make roles ourselves
 */
export async function grantReader(dataSource: DataSource, reader: ReaderRole, by: Actor): Promise<'made' | 'granted'> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const known = await exists(runner, reader.role);
    if (!known || reader.password !== null) await define(runner, reader, known);
    for (const statement of await statements(runner, GRANTS, reader)) await runner.query(statement);
    const details = { made: !known, password_set: reader.password !== null };
    await keepAct(runner, by, {
      action: 'grafana_role.granted',
      object: { kind: 'role', id: reader.role, name: reader.role },
      details,
    });
    await runner.commitTransaction();
    return known ? 'granted' : 'made';
  } catch (cause) {
    await runner.rollbackTransaction();
    throw cause;
  } finally {
    await runner.release();
  }
}

async function exists(runner: QueryRunner, role: string): Promise<boolean> {
  const rows = (await runner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
  return rows.length > 0;
}

async function define(runner: QueryRunner, reader: ReaderRole, known: boolean): Promise<void> {
  const templates = known ? ALTER : CREATE;
  try {
    await runner.query('SAVEPOINT before_role');
    for (const statement of await statements(runner, templates, reader)) await runner.query(statement);
  } catch (cause) {
    if ((cause as { code?: string }).code !== NO_RIGHT) throw cause;
    await runner.query('ROLLBACK TO SAVEPOINT before_role');
    const wanted = await statements(runner, templates, { ...reader, password: 'choose one' });
    throw new StartError(
      'The database user may not make or alter roles. Let an administrator of the database run these statements, then run this ' +
        `command again without a password:\n\n${wanted.map((statement) => `${statement};`).join('\n')}\n`,
    );
  }
}

/** What it may not do anyway is also refused by default, and a query that would keep the database busy is ended. */
const LIMITS = [
  'ALTER ROLE %1$I SET default_transaction_read_only = on',
  `ALTER ROLE %1$I SET statement_timeout = '60s'`,
];
const CREATE = [
  'CREATE ROLE %1$I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 30 PASSWORD %2$L',
  ...LIMITS,
];
const ALTER = ['ALTER ROLE %1$I LOGIN PASSWORD %2$L', ...LIMITS];
const GRANTS = [
  'GRANT USAGE ON SCHEMA reporting TO %1$I',
  'GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO %1$I',
  'GRANT EXECUTE ON ALL ROUTINES IN SCHEMA reporting TO %1$I',
];

/** Names and passwords are quoted by the database itself: such statements take no parameters. */
async function statements(runner: QueryRunner, templates: string[], { role, password }: ReaderRole): Promise<string[]> {
  const rows = (await runner.query('SELECT format(t, $2::text, $3::text) AS statement FROM unnest($1::text[]) AS t', [
    templates,
    role,
    password,
  ])) as { statement: string }[];
  return rows.map(({ statement }) => statement);
}
