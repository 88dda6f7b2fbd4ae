import type { Queries } from './settings.js';

const INVALID_EXPRESSION = '2201B';

/** What PostgreSQL finds wrong with a regular expression, which JavaScript may read all the same; null: nothing. */
export async function faultOfExpression(queries: Queries, expression: string | null): Promise<string | null> {
  try {
    await queries.query(`SELECT '' ~* $1`, [expression]);
    return null;
  } catch (cause) {
    if ((cause as { code?: string }).code !== INVALID_EXPRESSION) throw cause;
    return (cause as Error).message;
  }
}
