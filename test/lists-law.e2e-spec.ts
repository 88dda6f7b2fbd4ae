import * as fc from 'fast-check';

import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { like } from './support/dump.js';
import { withPrefix } from './support/history.js';
import { LISTS, narrowed } from './support/listed.js';
import { facts } from './support/model/facts.js';
import { parameters } from './support/properties.js';
import { askedHistories, pathOf } from './support/queries.js';
import { read, sendBatch } from './support/sending.js';

interface Page {
  items: { pipeline_id: string }[];
  next: string | null;
}

describe('the lists of a random history', () => {
  let app: TestApp;
  let runs = 0;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function everyPage(path: string, limit: number, prefix: string): Promise<object[]> {
    const items: object[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await read<Page>(app, `${path}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      items.push(...page.items.map((item) => ({ ...item, pipeline_id: item.pipeline_id.slice(prefix.length) })));
      cursor = page.next;
    }
    return items;
  }

  it('have on their pages every row of the model once, in order, for any filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        askedHistories(),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async ({ events, queries: [asked] }, ranged, limit) => {
          const { pipelines, environments, from, to } = asked!;
          const prefix = `${++runs}:`;
          await sendBatch(app, withPrefix(prefix, events));
          const known = facts(events);
          const query = { pipelines, environments, ...(ranged ? { from, to } : {}) };
          for (const [path, source] of Object.entries(LISTS)) {
            const expected = narrowed(source(known, events), query).map((one) => one.row);
            const found = await everyPage(pathOf(path, query, prefix), limit, prefix);
            expect({ path, rows: like(expected, found) }).toEqual({ path, rows: like(expected, expected) });
          }
        },
      ),
      parameters(40),
    );
  }, 3_600_000);
});
