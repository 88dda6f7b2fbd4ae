import type { PipelinesView, SeriesView, SummaryView } from './dora.view.js';
import type { ExplainView } from './explain.view.js';
import type { Metrics } from './metrics.view.js';

const RANGE = { from: '2026-02-28T23:00:00.000Z', to: '2026-03-31T22:00:00.000Z', time_zone: 'Europe/Paris' };
const ABOUT = { ...RANGE, pipelines: ['shop', 'acme/web'], environments: ['production'] };
const SMALL = { level: null, level_reason: 'small_sample' };
const JUDGED = { level_reason: null };

const METRICS = {
  deployment_frequency: {
    deployments: 42,
    successful: 40,
    failed: 3,
    per_day: 1.2920592193808882,
    days_with_deployment: 20,
    level: 'elite',
    ...JUDGED,
  },
  lead_time: {
    count: 55,
    level: 'high',
    ...JUDGED,
    approximate: false,
    total: { count: 55, mean: 93_600, median: 79_200, p90: 187_200 },
    review: { count: 51, mean: 50_400, median: 39_600, p90: 115_200 },
    deployment: { count: 55, mean: 46_800, median: 36_000, p90: 93_600 },
    commit_to_deploy: { count: 55, mean: 151_200, median: 118_800, p90: 324_000 },
  },
  time_to_restore: { count: 3, open: 1, mean: 3300, median: 2700, p90: 4860, ...SMALL, approximate: false },
  change_failure_rate: {
    deployments: 42,
    failed: 3,
    rate: 0.07142857142857142,
    failed_by: { status: 2, incident: 1, rollback: 0 },
    level: 'high',
    ...JUDGED,
  },
  failed_deployment_recovery_time: {
    count: 2,
    unrecovered: 1,
    mean: 2850,
    median: 2850,
    p90: 4170,
    ...SMALL,
    approximate: false,
  },
  rework_rate: { deployments: 42, rework: 2, rate: 0.047619047619047616 },
  work_waiting: { count: 4, oldest: 86_400, median: 3600 },
} satisfies Metrics;

export const SUMMARY_EXAMPLE: SummaryView = { ...ABOUT, benchmark: 'dora-2023', ...METRICS };

export const SERIES_EXAMPLE: SeriesView = {
  ...ABOUT,
  benchmark: 'dora-2023',
  bucket: 'month',
  items: [{ start: RANGE.from, end: RANGE.to, ...METRICS }],
};

export const PIPELINES_EXAMPLE: PipelinesView = {
  ...ABOUT,
  benchmark: 'dora-2023',
  count: 1,
  limit: 100,
  next: null,
  items: [{ pipeline_id: 'shop', ...METRICS }],
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
