import type { Client } from 'pg';

/** From how many values on figures come from rollups. */
const SETTING = 'rollup_from';
const NEVER = 2 ** 53;

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
