// npm run bench: measures each goal of doc/performance.md beside its limit, on a PostgreSQL of its own.
import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { startPostgres } from '../test/support/postgres.js';
import { type Bench, FULL, QUICK } from './bench.js';
import { Databases } from './database.js';
import { firstImport } from './goals/import.js';
import { ingest } from './goals/ingest.js';
import { memory } from './goals/memory.js';
import { metrics } from './goals/metrics.js';
import { push } from './goals/push.js';
import { rebuild } from './goals/rebuild.js';
import { soak } from './goals/soak.js';
import { describeMachine } from './machine.js';
import { report } from './report.js';
import { type Goal, type Result, resultOf } from './result.js';

const BENCHMARKS: Record<string, (bench: Bench) => Promise<Goal[]>> = {
  ingest,
  import: firstImport,
  rebuild,
  push,
  memory,
  metrics,
  soak,
};
/** Takes a quarter of an hour: measured when it is asked for. */
const BY_DEFAULT = Object.keys(BENCHMARKS).filter((name) => name !== 'soak');

const { quick, runs, deployments, minutes, only, out } = new Command('bench')
  .description('Measures the goals of doc/performance.md, each beside its limit')
  .option('--quick', 'a short look whether everything runs; writes no results', false)
  .option('--runs <count>', 'how often each is measured', Number, 5)
  .option('--deployments <count>', 'of the larger database that metrics are measured in', Number, FULL.deployments)
  .option('--minutes <count>', 'of the soak', Number, FULL.minutes)
  .option('--only <names...>', `of ${Object.keys(BENCHMARKS).join(', ')}; all but soak if none`, BY_DEFAULT)
  .option('--out <folder>', 'where results.md and results.json go', 'bench')
  .parse()
  .opts<{ quick: boolean; runs: number; deployments: number; minutes: number; only: string[]; out: string }>();

const results = await measured();
const all = quick ? results : [...known().filter(({ benchmark }) => !only.includes(benchmark)), ...results];
all.sort((one, other) => place(one) - place(other));
const text = report(all);
console.log(text);
if (!quick) {
  writeFileSync(`${out}/results.md`, text);
  writeFileSync(`${out}/results.json`, `${JSON.stringify(all, null, 2)}\n`);
}

/** What was measured before: a benchmark that is not run again keeps its results. */
function known(): Result[] {
  const file = `${out}/results.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result[]) : [];
}

function place({ benchmark }: Result): number {
  return Object.keys(BENCHMARKS).indexOf(benchmark);
}

async function measured(): Promise<Result[]> {
  // As durable as a server is by default: every answer comes after its commit is on disk.
  const postgres = await startPostgres({ max_connections: '200' });
  try {
    const machine = await describeMachine(postgres.database);
    const bench: Bench = {
      databases: await Databases.on(postgres.database),
      size: quick ? QUICK : { ...FULL, deployments, minutes },
      runs: quick ? 1 : runs,
      tell: (what) => console.error(`${new Date().toISOString().slice(11, 19)} ${what}`),
    };
    const found: Result[] = [];
    for (const name of only) {
      const measure = BENCHMARKS[name];
      if (!measure) throw new Error(`There is no benchmark ${name}`);
      found.push(...(await measure(bench)).map((goal) => resultOf(name, machine, goal)));
    }
    return found;
  } finally {
    await postgres.remove();
  }
}
