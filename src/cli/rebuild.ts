import { SingleBar } from 'cli-progress';
import { Config } from '../config/config.js';
import { withMigratedDatabase } from '../database/with-database.js';
import { Rebuild, type Rebuilt } from '../events/rebuild.js';
import { answer } from './answer.js';
import type { Json } from './json-option.js';

/**
 * Derives every row again from the stored events and says what differed: by the one law, nothing. With the settings
 * that the service has stored: those of this shell may be others.
 */
export async function runRebuild(options: Json): Promise<void> {
  await withMigratedDatabase(new Config(), async (dataSource) => {
    const rebuild = new Rebuild(dataSource);
    const due = await rebuild.due();
    const all = await rebuildAll(rebuild);
    await rebuild.settle(due);
    report(options, all);
  });
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

function report(options: Json, all: Rebuilt[]): void {
  const events = all.reduce((sum, one) => sum + one.events, 0);
  const differing = all.filter((one) => Object.keys(one.differing).length > 0);
  const lines = differing.map(({ pipeline_id, differing: tables }) => {
    const counts = Object.entries(tables).map(([name, rows]) => `${rows} rows of ${name}`);
    return `${pipeline_id}: ${counts.join(', ')} differed`;
  });
  const verdict = differing.length === 0 ? 'nothing differed' : `${differing.length} pipelines had rows that differed`;
  lines.push(`Rebuilt ${all.length} pipelines from ${events} events: ${verdict}.`);
  answer(options, { pipelines: all.length, events, differing }, lines.join('\n'));
}
