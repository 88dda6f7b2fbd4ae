// npm run db-model: writes the diagram of doc/db_model.md from a database that has just been migrated.
import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { Client } from 'pg';
import { Config } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { migrateDatabase } from '../src/database/open-database.js';
import { diagramOf, withDiagram } from '../test/support/db-model.js';
import { startPostgres } from '../test/support/postgres.js';

const page = new URL('../doc/db_model.md', import.meta.url);
const postgres = await startPostgres();
try {
  await migrateDatabase(postgres.database, new Config({}));
  const client = new Client(connectionOptions(postgres.database));
  await client.connect();
  const diagram = await diagramOf(async (sql) => (await client.query(sql)).rows);
  await client.end();
  writeFileSync(page, withDiagram(readFileSync(page, 'utf8'), diagram));
} finally {
  await postgres.remove();
}
