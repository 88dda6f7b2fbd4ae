import type { TestApp } from './app.js';

/** Counted in the background, at times of its own. */
const ROLLUPS = ['changed_hours', 'daily_counts', 'daily_durations', 'daily_waiting', 'rollup_zones'];

/** How many rows each table of the service has, but for what is only counted from others. */
export async function rowCounts({ dataSource }: TestApp): Promise<Record<string, number>> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'devopstic' AND tablename <> ALL ($1)
     ORDER BY tablename`,
    [ROLLUPS],
  );
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM devopstic.${name}`);
  const rows = await dataSource.query<{ name: string; rows: number }[]>(counts.join(' UNION ALL '));
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}
