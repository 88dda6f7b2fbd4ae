import { exampleOf } from './catalogue/column.js';
import { METRICS, type Metrics } from './catalogue/metrics.js';
import type { PipelinesView, SeriesView, SummaryView } from './dora.view.js';
import type { ExplainView } from './explain.view.js';

const RANGE = { from: '2026-02-28T23:00:00.000Z', to: '2026-03-31T22:00:00.000Z', time_zone: 'Europe/Paris' };
const ABOUT = { ...RANGE, pipelines: ['shop', 'acme/web'], environments: ['production'] };

/** Each metric as its columns' examples have it. */
const METRICS_EXAMPLE = Object.fromEntries(
  Object.entries(METRICS).map(([name, { columns }]) => [name, exampleOf(columns)]),
) as Metrics;

export const SUMMARY_EXAMPLE: SummaryView = { ...ABOUT, benchmark: 'dora-2023', ...METRICS_EXAMPLE };

export const SERIES_EXAMPLE: SeriesView = {
  ...ABOUT,
  benchmark: 'dora-2023',
  bucket: 'month',
  items: [{ start: RANGE.from, end: RANGE.to, ...METRICS_EXAMPLE }],
};

export const PIPELINES_EXAMPLE: PipelinesView = {
  ...ABOUT,
  benchmark: 'dora-2023',
  count: 1,
  limit: 100,
  next: null,
  items: [{ pipeline_id: 'shop', ...METRICS_EXAMPLE }],
};

export const EXPLAIN_EXAMPLE: ExplainView = {
  metric: 'lead_time',
  ...ABOUT,
  used: 55,
  left_out: { before_baseline: 12, not_deployed: 1 },
  count: 1,
  limit: 1,
  next: 'WzE3NzIyMzYwMDAwMDBd',
  items: [
    {
      row: {
        kind: 'change',
        pipeline_id: 'shop',
        environment: 'production',
        deployment_id: 'e12',
        commit_id: '5f2c1b9',
        incident_id: null,
        status: null,
        at: '2026-03-30T13:20:00.000Z',
        failed_by: null,
        review_seconds: 1800,
        deployment_seconds: 3000,
        commit_to_deploy_seconds: 5400,
        url: 'https://github.com/acme/shop/commit/5f2c1b9',
      },
      used: true,
      reason: null,
      value: 4800,
    },
  ],
};
