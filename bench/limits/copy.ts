import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseConfig } from '../../src/config/config.js';
import { connect } from '../database.js';

/** Rows a second that COPY writes into the reference table, of the newest stored events of a database. */
export async function copyLimit(database: DatabaseConfig, most: number): Promise<number> {
  // The server writes and reads the file, as whoever runs it.
  const folder = mkdtempSync(join(tmpdir(), 'devopstic-bench-'));
  chmodSync(folder, 0o777);
  const file = `'${join(folder, 'events')}'`;
  const client = await connect(database);
  try {
    await client.query(
      `COPY (SELECT e.* FROM devopstic.events AS e ORDER BY e.received_at DESC, e.pipeline_id, e.id LIMIT ${most}) TO ${file}`,
    );
    await client.query('TRUNCATE bench.reference');
    await client.query('CHECKPOINT');
    const start = performance.now();
    const { rowCount } = await client.query(`COPY bench.reference FROM ${file}`);
    return (rowCount ?? 0) / ((performance.now() - start) / 1000);
  } finally {
    await client.end();
    rmSync(folder, { recursive: true });
  }
}
