import { REBUILD_LOCK } from '../../src/events/due-rebuild.js';
import type { TestApp } from './app.js';

/** While something is done, no replica derives rows again: as if one of them were at it all the time. */
export async function withoutRebuilds(app: TestApp, act: () => Promise<void>): Promise<void> {
  const holder = app.dataSource.createQueryRunner();
  await holder.query('SELECT pg_advisory_lock($1)', [REBUILD_LOCK]);
  try {
    await act();
  } finally {
    await holder.query('SELECT pg_advisory_unlock($1)', [REBUILD_LOCK]);
    await holder.release();
  }
}
