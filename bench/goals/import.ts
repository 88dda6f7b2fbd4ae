import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseConfig } from '../../src/config/config.js';
import type { Bench } from '../bench.js';
import { type Goal, spread } from '../result.js';
import { runCommand, startService } from '../service.js';
import { story, take } from '../story.js';

/** About 6,000 commits: of each 13 events of the story 6 are commits, and all of them of pull requests. */
const EVENTS = 13_000;

/** `devopstic import file` of one pipeline's past, into an empty database and then, as other pipelines, beside it. */
export async function firstImport(bench: Bench): Promise<Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), 'devopstic-bench-'));
  const runs: { fresh: number; used: number }[] = [];
  try {
    for (let count = 1; count <= bench.runs; count++) {
      bench.tell(`import, run ${count} of ${bench.runs}`);
      const database = await bench.databases.make();
      runs.push(await oneRun(database, join(folder, 'past.ndjson'), Math.min(EVENTS, bench.size.bulk)));
      await bench.databases.drop(database);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [
    {
      goal: 'first import, into an empty database ÷ the second, beside it: seconds',
      floor: 1.5,
      aim: 1.2,
      better: 'less',
      runs: runs.map(({ fresh, used }) => used / fresh),
      detail: `events/s of the first ${spread(runs.map((run) => run.fresh))}, of the second ${spread(runs.map((run) => run.used))}`,
    },
  ];
}

async function oneRun(database: DatabaseConfig, file: string, events: number) {
  const service = await startService(database);
  const imported = async (prefix: string): Promise<number> => {
    const past = take(story(1, prefix), events).map((event) => JSON.stringify({ ...event, pipeline_id: prefix }));
    writeFileSync(file, past.join('\n'));
    const start = performance.now();
    await runCommand(['import', 'file', file, '--url', service.url], database);
    return events / ((performance.now() - start) / 1000);
  };
  const fresh = await imported('first');
  const used = await imported('second');
  await service.stop();
  return { fresh, used };
}
