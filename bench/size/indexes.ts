import type { Client } from 'pg';

/** Does work on tables that have no index meanwhile: many rows are indexed sooner together than one by one. */
export async function withoutIndexes(
  client: Client,
  tables: readonly string[],
  tell: (what: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  for (const table of tables) await client.query('SELECT bench.drop_indexes($1)', [table]);
  await work();
  const { rows } = await client.query<{ statement: string }>(
    'SELECT d.statement FROM bench.dropped AS d ORDER BY d.number',
  );
  for (const { statement } of rows) {
    tell(statement.replace(/^CREATE |^ALTER TABLE \S+ ADD /, '').replace(/ (ON|PRIMARY) .*/s, ''));
    await client.query(statement);
  }
  await client.query('TRUNCATE bench.dropped');
}
