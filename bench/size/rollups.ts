import type { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { DatabaseConfig } from '../../src/config/config.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Rollups } from '../../src/metrics/rollups/rollups.js';

/** From how many values on figures come from rollups. */
const SETTING = 'rollup_from';
const NEVER = 2 ** 53;
/** Days at a time: nobody else is waiting. */
const MOST_DAYS = 400;

/** Counts all days anew. */
export async function rollUpAll(database: DatabaseConfig, client: Client): Promise<void> {
  await client.query(
    'TRUNCATE devopstic.changed_hours, devopstic.daily_counts, devopstic.daily_durations, devopstic.daily_waiting',
  );
  await client.query('UPDATE devopstic.rollup_zones SET rolled_until = NULL, waiting_until = NULL');
  const dataSource = await new DataSource(dataSourceOptions(database, () => undefined)).initialize();
  try {
    await new Rollups(dataSource, dataSource).catchUp(new Date(), MOST_DAYS);
  } finally {
    await dataSource.destroy();
  }
}

/** Does work while all figures come from the rows themselves. */
export async function fromRows<T>(client: Client, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ value: unknown }>(
    'SELECT s.value FROM devopstic.settings AS s WHERE s.name = $1',
    [SETTING],
  );
  await client.query(
    'INSERT INTO devopstic.settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [SETTING, NEVER],
  );
  try {
    return await work();
  } finally {
    await client.query('DELETE FROM devopstic.settings WHERE name = $1', [SETTING]);
    for (const { value } of rows) {
      await client.query('INSERT INTO devopstic.settings (name, value) VALUES ($1, $2)', [
        SETTING,
        JSON.stringify(value),
      ]);
    }
  }
}
