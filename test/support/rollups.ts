import type { Bucket } from '../../src/metrics/catalogue/metrics.js';
import { Figures } from '../../src/metrics/figures.js';
import { RollupSchedule } from '../../src/metrics/rollups/rollup-schedule.js';
import { Rollups } from '../../src/metrics/rollups/rollups.js';
import type { TestApp } from './app.js';

/** A question about all pipelines together. */
export interface AskedOfAll {
  environments: string[] | null;
  from: Date;
  to: Date;
  time_zone: string;
  bucket: Bucket | null;
}

const PERCENTILES = new Set(['median', 'p90']);
/** Follow from a percentile, which may be on the other side of a bound. */
const FOLLOWING = new Set(['level', 'level_reason', 'approximate']);

/** Days are rolled when a test says so. */
export async function stopSchedule(app: TestApp): Promise<void> {
  await app.app.get(RollupSchedule).beforeApplicationShutdown();
}

export async function rollUp(app: TestApp, now: Date, most?: number): Promise<void> {
  await app.app.get(Rollups).catchUp(now, most);
}

/** The figures from rolled days and those from the rows, and where they differ by more than they may. */
export async function bothWays(app: TestApp, asked: AskedOfAll): Promise<{ rolled: unknown[]; differing: string[] }> {
  await rollFrom(app, 2 ** 53);
  const rows = await ask(app, asked);
  await rollFrom(app, 0);
  const rolled = await ask(app, asked);
  return { rolled, differing: [...differences(rolled, rows, false, '')] };
}

/** From how many values on a question is answered from rolled days. */
async function rollFrom(app: TestApp, values: number): Promise<void> {
  await app.dataSource.query(
    `INSERT INTO devopstic.settings (name, value) VALUES ('rollup_from', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [String(values)],
  );
}

function ask(app: TestApp, { bucket, ...asked }: AskedOfAll): Promise<unknown[]> {
  const selection = { ...asked, pipelines: null, environment_names: [], bots: false };
  return app.app.get(Figures).of(selection, 'dora-2023', bucket === null ? {} : { bucket });
}

function* differences(rolled: unknown, rows: unknown, estimated: boolean, path: string): Generator<string> {
  if (isObject(rolled) && isObject(rows)) {
    const known = estimated || rolled.approximate === true;
    for (const name of new Set([...Object.keys(rolled), ...Object.keys(rows)])) {
      yield* differences(rolled[name], rows[name], known, `${path}/${name}`);
    }
    return;
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (estimated && FOLLOWING.has(name)) return;
  const bound = estimated && PERCENTILES.has(name) ? 0.05 : 1e-9;
  if (typeof rolled === 'number' && typeof rows === 'number') {
    if (Math.abs(rolled - rows) <= Math.abs(rows) * bound) return;
  } else if (rolled === rows) return;
  yield `${path}: ${String(rolled)}, by the rows ${String(rows)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
