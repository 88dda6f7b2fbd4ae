import { readFileSync } from 'node:fs';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { type Config, ConfigError } from '../config/config.js';
import { StartError } from '../start-error.js';
import { migrations } from './migrations.js';
import { OVERRIDING, type Overrides, projectionSettings } from './projection-settings.js';
import { faultOfExpression } from './regular-expression.js';
import { readRepeatables } from './repeatables.js';
import { lockSettings, overrides, set, setting, settle } from './settings.js';

/** SQLSTATE: some row does not keep a constraint. */
const CHECK_VIOLATION = '23514';

const dropRepeatables = sql('./drop-repeatables.sql');
const grantReporting = sql('./grant-reporting.sql');

export interface Migrated {
  migrations: string[];
  /** The settings that have changed since derived rows were derived with them; empty on a new database. */
  rebuild_due: string[];
  /** What is wrong, and stands in nobody's way: settings before which a scope rule stands, and rows with unknown values. */
  warnings: string[];
}

/**
 * Brings the database to what this version needs: migrations, then functions and views, then the settings that they
 * read. All in one transaction under one lock: it is done wholly or not at all, and by one replica only.
 */
export async function migrate(dataSource: DataSource, config: Config): Promise<Migrated> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    // Before the transaction, which it would end.
    const unreadable = await unreadableExpressions(runner, config);
    await runner.startTransaction();
    await lockSettings(runner);
    const migrated = await migrateWith(dataSource, runner, config, unreadable);
    await runner.commitTransaction();
    return { ...migrated, warnings: [...migrated.warnings, ...(await validateConstraints(runner))] };
  } catch (cause) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw explained(cause);
  } finally {
    await runner.release();
  }
}

async function migrateWith(
  dataSource: DataSource,
  runner: QueryRunner,
  config: Config,
  unreadable: Unreadable,
): Promise<Migrated> {
  await createSchemas(runner);
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'none';
  const pending = await executor.getPendingMigrations();
  await checkNotNewer(dataSource, executor);
  const repeatables = readRepeatables();
  // The table of settings is made by a migration.
  const current = pending.length === 0 && (await setting(runner, 'repeatables')) === repeatables.hash;
  if (!current) {
    // Before the migrations too: a column that a view shows cannot be altered.
    await runner.query(dropRepeatables);
    await executor.executePendingMigrations();
    // A function may call one that comes later.
    await runner.query('SET LOCAL check_function_bodies = off');
    for (const text of repeatables.sql) await runner.query(text);
    await runner.query(grantReporting);
    await set(runner, 'repeatables', repeatables.hash);
  }
  const rules = await overrides(runner);
  const warnings = checkExpressions(unreadable, rules);
  const rebuild_due = await settle(runner, projectionSettings(config, rules));
  return { migrations: pending.map(({ name }) => name), rebuild_due, warnings };
}

interface Constraint {
  table: string;
  name: string;
}

/**
 * Has the database look whether the rows that were there before a constraint keep it. After the transaction, whose locks stand
 * before all who write: this alone lets them. A row that does not is no reason not to start.
 *
 * @returns which constraints some rows break
 */
async function validateConstraints(runner: QueryRunner): Promise<string[]> {
  const constraints = (await runner.query(`
    SELECT c.conrelid::regclass::text AS table, c.conname AS name
    FROM pg_constraint AS c
    WHERE c.connamespace = 'devopstic'::regnamespace AND NOT c.convalidated
    ORDER BY c.conname`)) as Constraint[];
  const broken: string[] = [];
  for (const { table, name } of constraints) {
    try {
      await runner.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
    } catch (cause) {
      if ((cause as { code?: unknown }).code !== CHECK_VIOLATION) throw cause;
      broken.push(`Some rows of ${table} have values that this version does not know: they break ${name}`);
    }
  }
  return broken;
}

type Unreadable = [name: (typeof OVERRIDING)[number], fault: string][];

async function unreadableExpressions(runner: QueryRunner, config: Config): Promise<Unreadable> {
  const unreadable: Unreadable = [];
  for (const name of OVERRIDING) {
    const fault = await faultOfExpression(runner, config[name]);
    if (fault !== null) unreadable.push([name, fault]);
  }
  return unreadable;
}

/** Every event would be refused for one that counts. */
function checkExpressions(unreadable: Unreadable, rules: Overrides): string[] {
  const said = unreadable.map(([name, fault]) => ({
    counts: rules[name] === null,
    fault: `DEVOPSTIC_${name.toUpperCase()} must be a regular expression as PostgreSQL reads it: ${fault}`,
  }));
  const faults = said.filter(({ counts }) => counts).map(({ fault }) => fault);
  if (faults.length > 0) throw new ConfigError(faults);
  return said.map(({ fault }) => `${fault}. A scope rule stands before it`);
}

/**
 * Whether the database has every migration that this version knows. Its functions may be of another version: while
 * replicas are replaced one by one, the old ones go on with the functions of the new.
 */
export async function isMigrated(dataSource: DataSource): Promise<boolean> {
  const [table] = await dataSource.query<{ oid: string | null }[]>(`SELECT to_regclass('devopstic.migrations') AS oid`);
  if (table?.oid == null) return false;
  const run = await dataSource.query<{ name: string }[]>('SELECT name FROM devopstic.migrations');
  const names = new Set(run.map(({ name }) => name));
  return migrations.every((migration) => names.has(migration.name));
}

/** Whether its functions and views are those of this version as well. */
export async function isUpToDate(dataSource: DataSource): Promise<boolean> {
  if (!(await isMigrated(dataSource))) return false;
  return (await setting(dataSource, 'repeatables')) === readRepeatables().hash;
}

/** CREATE SCHEMA IF NOT EXISTS asks for the right to create one even if it is there. */
async function createSchemas(runner: QueryRunner): Promise<void> {
  for (const schema of ['devopstic', 'reporting']) {
    const [known] = (await runner.query('SELECT to_regnamespace($1) AS oid', [schema])) as { oid: string | null }[];
    if (known?.oid == null) await runner.query(`CREATE SCHEMA ${schema}`);
  }
}

/** An older version would put back functions that no longer fit the tables. */
async function checkNotNewer(dataSource: DataSource, executor: MigrationExecutor): Promise<void> {
  const known = new Set(dataSource.migrations.map((migration) => migration.name));
  const strange = (await executor.getExecutedMigrations()).filter(({ name }) => !known.has(name));
  if (strange.length === 0) return;
  throw new StartError(
    `The database belongs to a newer version of DevOpstic (it has ${strange.map(({ name }) => name).join(', ')}): ` +
      'start that version, or restore a backup from before.',
  );
}

function explained(cause: unknown): unknown {
  const { code, message } = cause as { code?: string; message?: string };
  if (code !== '42501') return cause;
  return new StartError(
    `The database user lacks a right that the migrations need (${message}): ` +
      'grant it CREATE on the database, and let it own the schemas devopstic and reporting.',
  );
}

function sql(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
