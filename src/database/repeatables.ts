import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The functions and views, each in the file of whoever owns it: dropped and made again, in this order, whenever one of
 * them has changed. A view comes after what it reads.
 */
const FILES = [
  '../events/rules.sql',
  '../events/look-ups.sql',
  '../commits/merge-pull-requests.sql',
  '../commits/merge-commits.sql',
  '../commits/derive-aliases.sql',
  '../commits/store-commits.sql',
  '../commits/derive-reviews.sql',
  '../deployments/merge-deployments.sql',
  '../deployments/derive-carriers.sql',
  '../deployments/carried-changes.sql',
  '../deployments/derive-changes.sql',
  '../deployments/derive-waiting.sql',
  '../deployments/derive-kinds.sql',
  '../incidents/cause-of.sql',
  '../incidents/derive-incidents.sql',
  '../events/project.sql',
  '../events/project-stored.sql',
  '../events/record.sql',
  '../metrics/sql/views.sql',
  '../metrics/sql/buckets.sql',
  '../metrics/sql/statistics.sql',
  '../metrics/sql/levels.sql',
  '../metrics/sql/deployments.sql',
  '../metrics/sql/rollup.sql',
  '../metrics/sql/deployment-sums.sql',
  '../metrics/sql/deployment-frequency.sql',
  '../metrics/sql/rolled-durations.sql',
  '../metrics/sql/lead-time.sql',
  '../metrics/sql/time-to-restore.sql',
  '../metrics/sql/change-failure-rate.sql',
  '../metrics/sql/failed-deployment-recovery-time.sql',
  '../metrics/sql/rework-rate.sql',
  '../metrics/sql/work-waiting.sql',
  '../metrics/sql/over-time.sql',
  '../metrics/sql/explained-deployments.sql',
  '../metrics/sql/explained-changes.sql',
  '../metrics/sql/explained-incidents.sql',
  '../metrics/sql/panels/choices.sql',
  '../metrics/sql/panels/deployments.sql',
  '../metrics/sql/panels/changes.sql',
  '../metrics/sql/panels/incidents.sql',
  '../metrics/sql/panels/comparison.sql',
  '../metrics/sql/panels/data-quality.sql',
  '../metrics/rollups/roll-up.sql',
  '../metrics/rollups/note-changed-hours.sql',
];

interface Repeatables {
  sql: readonly string[];
  /** Stored with the database: tells whether it has these. */
  hash: string;
}

export function readRepeatables(): Repeatables {
  const sql = FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'));
  return { sql, hash: createHash('sha256').update(sql.join('\n')).digest('hex') };
}
