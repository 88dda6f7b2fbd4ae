import * as fc from 'fast-check';

import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { withPrefix } from './support/history.js';
import { facts } from './support/model/facts.js';
import { metrics, statistics } from './support/model/metrics.js';
import type { Query, Summary } from './support/model/metrics.js';
import { parameters } from './support/properties.js';
import { askedHistories, pathOf, rounded } from './support/queries.js';
import { read, sendBatch } from './support/sending.js';

interface Item {
  row: Record<string, unknown>;
  used: boolean;
  reason: string | null;
  value: number | null;
}

interface Page {
  used: number;
  left_out: Record<string, number>;
  items: Item[];
  next: string | null;
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** What is to come out of the values of the rows used, by the model's summary. */
const EXPLAINED: Record<string, (summary: Summary, values: number[]) => [unknown, unknown]> = {
  lead_time: (summary, values) => [statistics(values), summary.lead_time.total],
  time_to_restore: ({ time_to_restore: { open: _open, ...restored } }, values) => [statistics(values), restored],
  failed_deployment_recovery_time: (summary, values) => {
    const { unrecovered: _unrecovered, ...recovered } = summary.failed_deployment_recovery_time;
    return [statistics(values), recovered];
  },
  work_waiting: (summary, values) => {
    const { count, median } = statistics(values);
    return [{ count, median, oldest: count === 0 ? null : Math.max(...values) }, summary.work_waiting];
  },
  deployment_frequency: ({ deployment_frequency: { successful } }, values) => [
    [values.length, sum(values)],
    [successful, successful],
  ],
  change_failure_rate: ({ change_failure_rate: { deployments, failed } }, values) => [
    { deployments: values.length, failed: sum(values) },
    { deployments, failed },
  ],
  rework_rate: ({ rework_rate: { deployments, rework } }, values) => [
    { deployments: values.length, rework: sum(values) },
    { deployments, rework },
  ],
};

describe('the explanation of a metric of a random history', () => {
  let app: TestApp;
  let runs = 0;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function pagesOf(metric: string, query: Query, prefix: string): Promise<Page[]> {
    const pages: Page[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)!.next) {
      const more = { metric, limit: '7', ...(cursor === '' ? {} : { cursor }) };
      pages.push(await read<Page>(app, pathOf('/dora/explain', query, prefix, more)));
    }
    return pages;
  }

  it('tells every row once, with the values that make the metric, and counts that add up', async () => {
    await fc.assert(
      fc.asyncProperty(askedHistories(), async ({ events, queries: [asked] }) => {
        const query = asked!;
        const prefix = `${++runs}:`;
        await sendBatch(app, withPrefix(prefix, events));
        const summary = metrics(facts(events), query);
        for (const [metric, explain] of Object.entries(EXPLAINED)) {
          const pages = await pagesOf(metric, query, prefix);
          const items = pages.flatMap((page) => page.items);
          const used = items.filter((item) => item.used);
          const [found, expected] = explain(
            summary,
            used.map((item) => item.value!),
          );
          expect({ metric, ...rounded({ found }) }).toEqual({ metric, ...rounded({ found: expected }) });
          expect(new Set(items.map((item) => JSON.stringify(item.row))).size).toBe(items.length);
          for (const page of pages) expect(page).toMatchObject({ used: used.length, left_out: countsOf(items) });
        }
      }),
      parameters(40),
    );
  }, 3_600_000);
});

function countsOf(items: Item[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { used, reason } of items) if (!used) counts[reason ?? 'none'] = (counts[reason ?? 'none'] ?? 0) + 1;
  return counts;
}
