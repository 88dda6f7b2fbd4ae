import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { random, shuffled } from './support/arrival.js';
import { read, sendOne } from './support/sending.js';
import { WORKED_CHANGES, WORKED_SUMMARY, workedExample } from './support/worked-example.js';

describe('the worked example of metrics.md', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    for (const event of workedExample()) await sendOne(app, event);
  });
  afterAll(() => app.close());

  it('gives its numbers at GET /dora/summary', async () => {
    const summary = await read(app, '/dora/summary?pipeline=shop&from=2026-03-02&to=2026-03-03');
    expect(summary).toMatchObject(WORKED_SUMMARY);
  });

  it('tells of each change by which deployment it came, and how long that took', async () => {
    const path = '/dora/explain?metric=lead_time&pipeline=shop&from=2026-03-02&to=2026-03-03';
    const { used, left_out, items } = await read<{ used: number; left_out: object; items: Explained[] }>(app, path);
    expect({ used, left_out }).toEqual({ used: 3, left_out: {} });
    expect(items.map(changeOf).toSorted((a, b) => (a.commit_id < b.commit_id ? -1 : 1))).toEqual(
      WORKED_CHANGES.map((change) => ({ ...change, finished_at: new Date(change.finished_at).toISOString() })),
    );
  });

  it('gives the same numbers when it arrives in another order', async () => {
    for (const event of shuffled(workedExample('shuffled'), random(1))) await sendOne(app, event);
    const summary = await read(app, '/dora/summary?pipeline=shuffled&from=2026-03-02&to=2026-03-03');
    expect(summary).toMatchObject(WORKED_SUMMARY);
  });
});

interface Explained {
  value: number;
  row: {
    commit_id: string;
    at: string;
    review_seconds: number;
    deployment_seconds: number;
    commit_to_deploy_seconds: number;
  };
}

function changeOf({ value, row }: Explained) {
  return {
    commit_id: row.commit_id,
    finished_at: row.at,
    total: value,
    review: row.review_seconds,
    deployment: row.deployment_seconds,
    commit_to_deploy: row.commit_to_deploy_seconds,
  };
}
