import { startApp, type TestApp } from './support/app.js';
import { EVERY_REASON } from './support/every-reason.js';
import { deploy, dora, tell } from './support/telling.js';

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

describe('GET /dora/explain', () => {
  it.each([
    ['deployment_frequency', 3, { failure: 2, out_of_range: 1, not_production: 1, canceled: 1, in_progress: 1 }],
    ['rework_rate', 5, { out_of_range: 1, not_production: 1, canceled: 1, in_progress: 1 }],
    ['change_failure_rate', 5, { out_of_range: 2, not_production: 2, canceled: 1, in_progress: 1, unlinked: 2 }],
    ['failed_deployment_recovery_time', 2, { open: 1, out_of_range: 1, not_production: 1, unlinked: 2 }],
    [
      'lead_time',
      3,
      {
        before_baseline: 0,
        out_of_range: 2,
        not_production: 1,
        unknown_commit: 1,
        bot: 1,
        negative_span: 1,
        not_deployed: 5,
        alias_of_pull_request: 1,
      },
    ],
    ['time_to_restore', 2, { out_of_range: 1, open: 1, not_production: 1 }],
    ['work_waiting', 1, { bot: 1, before_baseline: 1, out_of_range: 2 }],
  ])('tells why each row counts in %s or not', async (metric, used, left_out) => {
    const reasons = Object.fromEntries(Object.entries(left_out).filter(([, count]) => count > 0));
    expect(await explain(metric)).toMatchObject({ used, left_out: reasons });
  });

  it('calls those deployments failed that did, and no other', async () => {
    await tell(app, 'judged', [
      deploy('03-03 09:00', 'good'),
      deploy('03-03 10:00', 'bad', { status: 'failure' }),
      deploy('03-03 11:00', 'mended'),
    ]);
    const judged = async (metric: string) => {
      const { items } = await explain(metric, { pipeline: 'judged' });
      return items.map(({ row, used, reason, value }) => [row.commit_id, used, reason, value]);
    };
    expect(await judged('deployment_frequency')).toEqual([
      ['mended', true, null, 1],
      ['good', true, null, 1],
      ['bad', false, 'failure', null],
    ]);
    expect(await judged('change_failure_rate')).toEqual([
      ['mended', true, null, 0],
      ['bad', true, null, 1],
      ['good', true, null, 0],
    ]);
    expect(await judged('failed_deployment_recovery_time')).toEqual([['bad', true, null, 3600]]);
  });

  it('adds up: a reason for every row left out, and a value for every row used', async () => {
    const { used, left_out, items } = await explain('lead_time');
    const total = Object.values(left_out).reduce((sum, count) => sum + count, used);
    expect(items).toHaveLength(total);
    expect(
      items.filter((item) => (item.used ? item.value === null : item.reason === null || item.value !== null)),
    ).toEqual([]);
  });

  it('tells of a change without an approval that it counts, but not as reviewed', async () => {
    const { items } = await explain('lead_time');
    const item = items.find(({ row }) => row.commit_id === 'unreviewed');
    expect(item).toMatchObject({ used: true, reason: 'no_review', value: 3 * 3600, row: { review_seconds: null } });
  });

  it('gives the rows before the baseline, in the range of the baseline', async () => {
    const { left_out, items } = await explain('lead_time', { from: '2026-03-01', to: '2026-03-02' });
    expect(left_out['before_baseline']).toBe(1);
    expect(items[0]).toMatchObject({ used: true, row: { commit_id: 'base' } });
  });

  it('counts bots if asked to', async () => {
    expect(await explain('lead_time', { bots: 'true' })).toMatchObject({ used: 4 });
    expect(await explain('work_waiting', { bots: 'true' })).toMatchObject({ used: 2 });
  });
});
