import * as fc from 'fast-check';

import { Rebuild } from '../src/events/rebuild.js';
import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { batches, random, repeated, shuffled } from './support/arrival.js';
import { comparable, DERIVED_TABLES, dump, factsOf } from './support/dump.js';
import { histories, withPrefix } from './support/history.js';
import { byTime } from './support/model/event.js';
import type { ModelEvent } from './support/model/event.js';
import { DEFAULTS, facts } from './support/model/facts.js';
import type { Settings } from './support/model/facts.js';
import { parameters } from './support/properties.js';
import { sendBatch, sendOne } from './support/sending.js';

/** domain.md, "The one law: derived rows are a function of the set of events". */
describe('the rows derived from a random history', () => {
  let app: TestApp;
  let runs = 0;
  let turns = 0;
  /** Pipelines that no other run has. */
  const fresh = (): string => `${++runs}:`;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  /** Approved by the merge, or by a review where there is one: by turns. */
  async function settingsOfRun(): Promise<Settings> {
    const approval = ++turns % 2 === 0 ? 'merge' : 'review';
    await app.dataSource.query(`UPDATE devopstic.settings SET value = to_jsonb($1::text) WHERE name = 'approval'`, [
      approval,
    ]);
    return { ...DEFAULTS, approval };
  }

  async function sendInOrder(events: ModelEvent[], prefix: string): Promise<void> {
    for (const event of withPrefix(prefix, events.toSorted(byTime))) expect(await sendOne(app, event)).toBe(201);
  }

  it('are those of the model after every batch, however the events are shuffled, repeated and cut', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (events, seed) => {
        const prefix = fresh();
        const settings = await settingsOfRun();
        const next = random(seed);
        const sent: ModelEvent[] = [];
        for (const batch of batches(repeated(events, next), next)) {
          await sendBatch(app, withPrefix(prefix, batch));
          sent.push(...batch);
          expect(factsOf(await dump(app.dataSource, prefix))).toEqual(comparable(facts(sent, settings)));
        }
      }),
      parameters(90),
    );
  }, 3_600_000);

  it('are the same from ordered single requests as from shuffled, repeated ones of eight senders at once', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (events, seed) => {
        const ordered = fresh();
        const concurrent = fresh();
        const settings = await settingsOfRun();
        await sendInOrder(events, ordered);
        const next = random(seed);
        const shares = Array.from({ length: 8 }, () => shuffled(events, next).filter(() => next() < 0.3));
        shares[0] = shuffled(events, next);
        await Promise.all(shares.map((share) => sendAll(app, withPrefix(concurrent, share), next)));
        const rows = await dump(app.dataSource, ordered);
        expect(factsOf(rows)).toEqual(comparable(facts(events, settings)));
        expect(await dump(app.dataSource, concurrent)).toEqual(rows);
      }),
      parameters(40),
    );
  }, 3_600_000);

  it('are not changed by a rebuild', async () => {
    const rebuild = app.app.get(Rebuild);
    await fc.assert(
      fc.asyncProperty(histories, async (events) => {
        const prefix = fresh();
        await settingsOfRun();
        await sendBatch(app, withPrefix(prefix, events));
        const before = await dump(app.dataSource, prefix);
        for (const pipeline of new Set(events.map((event) => event.pipeline_id)))
          expect(await rebuild.one(`${prefix}${pipeline}`)).toMatchObject({ differing: {} });
        expect(await dump(app.dataSource, prefix)).toEqual(before);
      }),
      parameters(30),
    );
  }, 3_600_000);

  it('are all compared here', async () => {
    const tables: { table_name: string }[] = await app.dataSource.query(`
      SELECT DISTINCT c.table_name
      FROM information_schema.columns AS c
      JOIN information_schema.tables AS t USING (table_schema, table_name)
      WHERE c.table_schema = 'devopstic' AND c.column_name = 'pipeline_id' AND t.table_type = 'BASE TABLE'`);
    expect(tables.map((table) => table.table_name).toSorted()).toEqual([...DERIVED_TABLES, 'events'].toSorted());
  });
});

async function sendAll(app: TestApp, events: ModelEvent[], next: () => number): Promise<void> {
  for (const batch of batches(events, next, 4)) {
    const [only] = batch;
    if (batch.length === 1 && only) expect([200, 201]).toContain(await sendOne(app, only));
    else expect(await sendBatch(app, batch)).toMatchObject({ rejected: 0 });
  }
}
