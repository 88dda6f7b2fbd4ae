import { METRICS } from '../src/metrics/catalogue/metrics.js';
import { startApp, type TestApp } from './support/app.js';
import { EVERY_REASON } from './support/every-reason.js';
import { dora, tell } from './support/telling.js';

interface Item {
  row: { kind: string; commit_id: string | null; deployment_id: string | null; incident_id: string | null; at: string };
  used: boolean;
  reason: string | null;
  value: number | null;
}

interface Explanation {
  used: number;
  left_out: Record<string, number>;
  items: Item[];
  count: number;
  next: string | null;
}

const MARCH = { pipeline: 'told', from: '2026-03-02', to: '2026-04-01' };

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await tell(app, 'told', EVERY_REASON);
});
afterAll(() => app.close());

const explain = (metric: string, query = {}) => dora<Explanation>(app, 'explain', { ...MARCH, metric, ...query });

describe('what is used', () => {
  it.each([
    {},
    { bots: 'true' },
    { environment: ['staging', 'qa'] },
    { from: '2026-01-01', to: '2026-03-04T10:00:00Z' },
    { to: '2026-03-11', time_zone: 'Asia/Kolkata' },
    { from: '2027-01-01', to: '2027-01-02' },
  ])('is as many as the summary counts, for %j', async (query) => {
    const summary = await dora<Record<string, Record<string, number>>>(app, 'summary', { ...MARCH, ...query });
    for (const [metric, { used }] of Object.entries(METRICS)) {
      expect([metric, (await explain(metric, query)).used]).toEqual([metric, summary[metric]![used]]);
    }
  });

  it('adds up to what the summary counts of it', async () => {
    const sum = async (metric: string) =>
      (await explain(metric)).items.reduce((total, { value }) => total + (value ?? 0), 0);
    expect(await dora(app, 'summary', MARCH)).toMatchObject({
      deployment_frequency: { successful: await sum('deployment_frequency') },
      change_failure_rate: { failed: await sum('change_failure_rate') },
      rework_rate: { rework: await sum('rework_rate') },
      lead_time: { total: { mean: (await sum('lead_time')) / 3 } },
    });
  });
});

describe('the pages of an explanation', () => {
  it('have what is used first, each newest first, and every row once', async () => {
    const whole = await explain('lead_time');
    const pages: Item[] = [];
    let cursor: string | null = null;
    do {
      const answer: Explanation = await explain('lead_time', { limit: '2', ...(cursor === null ? {} : { cursor }) });
      expect(answer).toMatchObject({ used: whole.used, left_out: whole.left_out, count: answer.items.length });
      pages.push(...answer.items);
      cursor = answer.next;
    } while (cursor !== null);
    expect(pages).toEqual(whole.items);
    expect(whole.items.map(({ used }) => used)).toEqual(
      whole.items
        .map(({ used }) => used)
        .toSorted()
        .toReversed(),
    );
  });

  it('stay within the range of the first, which ended when it was asked for', async () => {
    const query = { pipeline: 'told', metric: 'time_to_restore', from: '2026-01-01', limit: '1' };
    const first = await dora<Explanation & { to: string }>(app, 'explain', query);
    const second = await dora<Explanation & { to: string }>(app, 'explain', { ...query, cursor: first.next! });
    expect(second.to).toBe(first.to);
  });
});
