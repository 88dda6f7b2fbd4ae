import * as fc from 'fast-check';

import { DAY } from './support/alphabet.js';
import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { withPrefix } from './support/history.js';
import type { ModelEvent } from './support/model/event.js';
import { facts } from './support/model/facts.js';
import { metrics } from './support/model/metrics.js';
import type { Query, Summary } from './support/model/metrics.js';
import { parameters } from './support/properties.js';
import { askedHistories, pathOf, rounded } from './support/queries.js';
import { read, sendBatch } from './support/sending.js';

interface Bucket extends Summary {
  start: string;
  end: string;
}

describe('the metrics of a random history', () => {
  let app: TestApp;
  let runs = 0;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  /** Sends it to pipelines that no other run has; returns their prefix. */
  async function record(events: ModelEvent[]): Promise<string> {
    const prefix = `${++runs}:`;
    await sendBatch(app, withPrefix(prefix, events));
    return prefix;
  }

  it('are those of the model, for any selection and range', async () => {
    await fc.assert(
      fc.asyncProperty(askedHistories(8), async ({ events, queries }) => {
        const prefix = await record(events);
        const known = facts(events);
        for (const query of queries) {
          const summary = await read<Summary>(app, pathOf('/dora/summary', query, prefix));
          expect(rounded(summary)).toMatchObject(rounded(metrics(known, query)));
        }
      }),
      parameters(120),
    );
  }, 3_600_000);

  it('are, in each bucket of a series, those of its own range', async () => {
    await fc.assert(
      fc.asyncProperty(askedHistories(), async ({ events, queries }) => {
        const prefix = await record(events);
        const known = facts(events);
        // Clocks go forward in New York on the eighth.
        const [asked] = queries;
        const query = { ...asked!, to: asked!.to + 8 * DAY };
        const path = pathOf('/dora/series', query, prefix, { bucket: 'day' });
        const { items } = await read<{ items: Bucket[] }>(app, path);
        expect(Date.parse(items[0]!.start)).toBe(query.from);
        expect(Date.parse(items.at(-1)!.end)).toBe(query.to);
        for (const [index, { start, end, ...bucket }] of items.entries()) {
          if (index > 0)
            expect({ start, is: localTime(start, query) }).toEqual({ start: items[index - 1]!.end, is: '00:00:00' });
          const range = { ...query, from: Date.parse(start), to: Date.parse(end) };
          expect(rounded(bucket)).toMatchObject(rounded(metrics(known, range)));
        }
      }),
      parameters(30),
    );
  }, 3_600_000);

  it('are, for each pipeline, its own', async () => {
    await fc.assert(
      fc.asyncProperty(askedHistories(), async ({ events, queries: [asked] }) => {
        const query = asked!;
        const prefix = await record(events);
        const known = facts(events);
        const path = pathOf('/dora/pipelines', query, prefix);
        const { items } = await read<{ items: (Summary & { pipeline_id: string })[] }>(app, path);
        for (const item of items) {
          const pipelines = [item.pipeline_id.slice(prefix.length)];
          expect(rounded(item)).toMatchObject(rounded(metrics(known, { ...query, pipelines })));
        }
        const sent = new Set(events.map((event) => event.pipeline_id));
        expect(items.map((item) => item.pipeline_id).toSorted()).toEqual(
          query.pipelines
            .filter((pipeline) => sent.has(pipeline))
            .map((pipeline) => `${prefix}${pipeline}`)
            .toSorted(),
        );
      }),
      parameters(30),
    );
  }, 3_600_000);
});

function localTime(instant: string, { timeZone }: Query): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(new Date(instant));
}
