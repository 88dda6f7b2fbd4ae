import * as fc from 'fast-check';
import { BUCKETS, type Bucket } from '../src/metrics/metric.js';
import { Figures } from '../src/metrics/figures.js';
import { Rollups } from '../src/metrics/rollups/rollups.js';
import { startApp, type TestApp } from './support/app.js';
import { withPrefix } from './support/history.js';
import { parameters } from './support/properties.js';
import { askedHistories } from './support/queries.js';
import { sendBatch } from './support/sending.js';

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata'];
const DAY = 86_400_000;
/** Days are rolled as they are over: at some time of the history, or long after it. */
const LATER = Date.parse('2026-06-01T00:00:00Z');

let app: TestApp;
let runs = 0;
beforeAll(async () => {
  app = await startApp();
  for (const zone of ZONES) await app.app.get(Rollups).include(zone);
});
afterAll(() => app.close());

/** From how many values on a question is answered from rolled days. */
async function rollFrom(values: number): Promise<void> {
  await app.dataSource.query(
    `INSERT INTO devopstic.settings (name, value) VALUES ('rollup_from', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [String(values)],
  );
}

interface Asked {
  environments: string[] | null;
  from: number;
  to: number;
  time_zone: string;
  bucket: Bucket | null;
}

async function ask({ from, to, bucket, ...rest }: Asked): Promise<unknown[]> {
  const selection = { ...rest, pipelines: null, environment_names: [], from: new Date(from), to: new Date(to), bots: false };
  return app.app.get(Figures).of(selection, 'dora-2023', bucket === null ? {} : { bucket });
}

const PERCENTILES = new Set(['median', 'p90']);

/** Holds rolled figures against those of the rows: equal but for percentiles that are said to be approximate. */
function compare(rolled: unknown, raw: unknown, approximate: boolean, path: string): void {
  if (typeof raw === 'object' && raw !== null && typeof rolled === 'object' && rolled !== null) {
    const known = approximate || (rolled as { approximate?: boolean }).approximate === true;
    expect({ path, keys: Object.keys(rolled) }).toEqual({ path, keys: Object.keys(raw) });
    for (const [name, value] of Object.entries(raw)) compare((rolled as Record<string, unknown>)[name], value, known, `${path}/${name}`);
    return;
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'approximate') return;
  if (approximate && (name === 'level' || name === 'level_reason')) return;
  if (typeof raw !== 'number' || typeof rolled !== 'number') return expect({ path, is: rolled }).toEqual({ path, is: raw });
  const bound = Math.abs(raw) * (approximate && PERCENTILES.has(name) ? 0.05 : 1e-9);
  if (Math.abs(rolled - raw) > bound) expect({ path, is: rolled }).toEqual({ path, is: raw });
}

const asked = fc.record({
  zone: fc.constantFrom(...ZONES),
  bucket: fc.constantFrom(null, ...BUCKETS),
  earlier: fc.nat(3 * DAY),
  later: fc.nat(20 * DAY),
  whole: fc.boolean(),
});

it('rolled days give what the rows give, whatever came late and however far they are rolled', async () => {
  let approximate = 0;
  let cells = 0;
  await fc.assert(
    fc.asyncProperty(
      askedHistories(4),
      fc.array(asked, { minLength: 4, maxLength: 4 }),
      fc.nat(100),
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      async ({ events, queries }, cuts, share, most, late) => {
        const prefix = `${++runs}:`;
        const now = new Date(late ? LATER : queries[0]!.to);
        const cut = Math.floor((events.length * share) / 100);
        await sendBatch(app, withPrefix(prefix, events.slice(0, cut)));
        await app.app.get(Rollups).catchUp(now, most);
        await sendBatch(app, withPrefix(prefix, events.slice(cut)));
        for (const [index, { zone, bucket, earlier, later, whole }] of cuts.entries()) {
          const { from, to, environments } = queries[index % queries.length]!;
          const round = (time: number): number => (whole ? Math.floor(time / DAY) * DAY : time);
          const query = {
            environments: environments ?? null,
            from: round(from - earlier),
            to: round(to + later) + DAY,
            time_zone: zone,
            bucket,
          };
          await rollFrom(2 ** 53);
          const raw = await ask(query);
          await rollFrom(0);
          const rolled = await ask(query);
          approximate += JSON.stringify(rolled).split('"approximate":true').length - 1;
          cells += rolled.length;
          compare(rolled, raw, false, '');
        }
      },
    ),
    parameters(20),
  );
  // Or nothing of it was ever put to the test.
  expect({ approximate: approximate > 50, cells: cells > 300 }).toEqual({ approximate: true, cells: true });
}, 3_600_000);
