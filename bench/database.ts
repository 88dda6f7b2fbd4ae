import { Client } from 'pg';
import { Config, type DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { migrateDatabase } from '../src/database/open-database.js';

/** The databases of a benchmark: copies of a migrated one, each dropped by who made it. */
export class Databases {
  private count = 0;

  private constructor(private readonly template: DatabaseConfig) {}

  static async on(database: DatabaseConfig): Promise<Databases> {
    const template = { ...database, name: 'bench_template' };
    await run({ ...database, name: 'postgres' }, `CREATE DATABASE ${template.name}`);
    await migrateDatabase(template, new Config({}));
    await run(template, REFERENCE);
    return new Databases(template);
  }

  /** Without events, or a copy of another that nobody is connected to. */
  async make(from: DatabaseConfig = this.template): Promise<DatabaseConfig> {
    const name = `bench_${++this.count}`;
    await run({ ...this.template, name: 'postgres' }, `CREATE DATABASE ${name} TEMPLATE ${from.name}`);
    return { ...this.template, name };
  }

  async drop({ name }: DatabaseConfig): Promise<void> {
    await run({ ...this.template, name: 'postgres' }, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

/** What is written without any derivation: the events' columns, their key, and two indexes. */
const REFERENCE = `
  CREATE SCHEMA bench;
  CREATE TABLE bench.reference (LIKE devopstic.events);
  ALTER TABLE bench.reference ADD CONSTRAINT reference_pkey PRIMARY KEY (pipeline_id, id);
  CREATE INDEX reference_occurred_idx ON bench.reference (pipeline_id, occurred_at);
  CREATE INDEX reference_commit_idx ON bench.reference (pipeline_id, commit_id)`;

export async function connect(database: DatabaseConfig): Promise<Client> {
  const client = new Client(connectionOptions(database));
  await client.connect();
  return client;
}

export async function run<T>(database: DatabaseConfig, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = await connect(database);
  try {
    const { rows } = await (values.length > 0 ? client.query(sql, values) : client.query(sql));
    return rows as T[];
  } finally {
    await client.end();
  }
}
