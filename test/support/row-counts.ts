import type { TestApp } from './app.js';

/** How many rows each table of the service has. */
export async function rowCounts({ dataSource }: TestApp): Promise<Record<string, number>> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'devopstic' ORDER BY tablename`,
  );
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM devopstic.${name}`);
  const rows = await dataSource.query<{ name: string; rows: number }[]>(counts.join(' UNION ALL '));
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}
