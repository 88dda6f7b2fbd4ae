import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The functions and views, each in the file of whoever owns it: dropped and made again, in this order, whenever one of
 * them has changed. A view comes after what it reads.
 */
const FILES = [
  '../commits/merge-commits.sql',
  '../commits/derive-aliases.sql',
  '../deployments/merge-deployments.sql',
  '../deployments/derive-carriers.sql',
  '../deployments/derive-changes.sql',
  '../deployments/derive-kinds.sql',
  '../incidents/derive-incidents.sql',
  '../events/project.sql',
  '../events/project-stored.sql',
  '../events/record.sql',
];

export interface Repeatables {
  sql: readonly string[];
  /** Stored with the database: tells whether it has these. */
  hash: string;
}

export function readRepeatables(): Repeatables {
  const sql = FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'));
  return { sql, hash: createHash('sha256').update(sql.join('\n')).digest('hex') };
}
