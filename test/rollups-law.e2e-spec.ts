import * as fc from 'fast-check';
import { BUCKETS } from '../src/metrics/catalogue/metrics.js';
import { Rollups } from '../src/metrics/rollups/rollups.js';
import { DAY } from './support/alphabet.js';
import { startApp, type TestApp } from './support/app.js';
import { withPrefix } from './support/history.js';
import { parameters } from './support/properties.js';
import { askedHistories } from './support/queries.js';
import { bothWays, rollUp, stopSchedule } from './support/rollups.js';
import { sendBatch } from './support/sending.js';

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata'];
const LONG_AFTER = Date.parse('2026-06-01T00:00:00Z');

let app: TestApp;
let runs = 0;
beforeAll(async () => {
  app = await startApp();
  await stopSchedule(app);
  for (const zone of ZONES) await app.app.get(Rollups).include(zone);
});
afterAll(() => app.close());

const cuts = fc.record({
  time_zone: fc.constantFrom(...ZONES),
  bucket: fc.constantFrom(null, ...BUCKETS),
  earlier: fc.nat(3 * DAY),
  later: fc.nat(20 * DAY),
  /** The range begins and ends with days of UTC. */
  whole: fc.boolean(),
});

/** What is told before days are rolled and what after, and how far they are rolled. */
const rolling = fc.record({
  share: fc.nat(100),
  most: fc.integer({ min: 1, max: 6 }),
  longAfter: fc.boolean(),
});

/** Changes that wait for production and are not known to, or the other way round. */
function outOfStep(): Promise<unknown[]> {
  return app.dataSource.query(`
    SELECT pipeline_id, commit_id, c.waits, w.commit_id IS NOT NULL AS known
    FROM (
      SELECT c.pipeline_id, c.commit_id, c.landed_at IS NOT NULL AND c.alias_of IS NULL AND NOT EXISTS (
        SELECT
        FROM devopstic.deployment_changes AS x
        JOIN reporting.environments AS e
          ON e.pipeline_id = x.pipeline_id AND e.environment = x.environment AND e.production
        WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = c.commit_id) AS waits
      FROM devopstic.commits AS c
    ) AS c
    FULL JOIN devopstic.waiting_for_production AS w USING (pipeline_id, commit_id)
    WHERE COALESCE(c.waits, false) <> (w.commit_id IS NOT NULL)`);
}

it('rolled days give what the rows give, whatever came late and however far they are rolled', async () => {
  const seen = { approximate: 0, cells: 0 };
  await fc.assert(
    fc.asyncProperty(
      askedHistories(3),
      fc.array(cuts, { minLength: 3, maxLength: 3 }),
      rolling,
      async ({ events, queries }, asked, { share, most, longAfter }) => {
        const told = withPrefix(`${++runs}:`, events);
        const before = Math.floor((told.length * share) / 100);
        await sendBatch(app, told.slice(0, before));
        await rollUp(app, new Date(longAfter ? LONG_AFTER : queries[0]!.to), most);
        await sendBatch(app, told.slice(before));
        for (const [index, { earlier, later, whole, ...cut }] of asked.entries()) {
          const { from, to, environments = null } = queries[index % queries.length]!;
          const end = (time: number): Date => new Date(whole ? Math.floor(time / DAY) * DAY : time);
          const query = { ...cut, environments, from: end(from - earlier), to: end(to + later + DAY) };
          const { rolled, differing } = await bothWays(app, query);
          expect({ query, differing }).toEqual({ query, differing: [] });
          seen.approximate += JSON.stringify(rolled).split('"approximate":true').length - 1;
          seen.cells += rolled.length;
        }
      },
    ),
    parameters(20),
  );
  expect(await outOfStep()).toEqual([]);
  // Or hardly anything was put to the test.
  expect(seen.approximate).toBeGreaterThan(30);
  expect(seen.cells).toBeGreaterThan(200);
}, 3_600_000);
