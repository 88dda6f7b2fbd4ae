import { SingleBar } from 'cli-progress';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { dataSourceOptions } from '../database/data-source.js';
import { isMigrated } from '../database/migrate.js';
import { openDatabase } from '../database/open-database.js';
import { Rebuild, type Rebuilt } from '../events/rebuild.js';
import { StartError } from '../start-error.js';

/**
 * Derives every row again from the stored events and says what differed: by the one law, nothing. With the settings
 * that the service has stored: those of this shell may be others.
 */
export async function runRebuild(): Promise<void> {
  const config = new Config();
  const open = await openDatabase(config, (message) => console.error(message));
  try {
    const dataSource = await new DataSource(dataSourceOptions(open.database, () => undefined)).initialize();
    try {
      if (!(await isMigrated(dataSource))) throw new StartError('The database is not migrated: run devopstic migrate');
      const rebuild = new Rebuild(dataSource);
      const due = await rebuild.due();
      report(await rebuildAll(rebuild));
      await rebuild.settle(due);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await open.close();
  }
}

async function rebuildAll(rebuild: Rebuild): Promise<Rebuilt[]> {
  const bar = new SingleBar({
    format: 'rebuilding {bar} {percentage}% | {value} of {total} events | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  const all: Rebuilt[] = [];
  bar.start(await rebuild.countEvents(), 0);
  try {
    for await (const one of rebuild.all((events) => bar.increment(events))) all.push(one);
  } finally {
    bar.stop();
  }
  return all;
}

function report(all: Rebuilt[]): void {
  const events = all.reduce((sum, one) => sum + one.events, 0);
  const differing = all.filter((one) => Object.keys(one.differing).length > 0);
  for (const { pipeline_id, differing: tables } of differing) {
    const counts = Object.entries(tables).map(([table, rows]) => `${rows} rows of ${table}`);
    console.log(`${pipeline_id}: ${counts.join(', ')} differed`);
  }
  const verdict = differing.length === 0 ? 'nothing differed' : `${differing.length} pipelines had rows that differed`;
  console.log(`Rebuilt ${all.length} pipelines from ${events} events: ${verdict}.`);
}
