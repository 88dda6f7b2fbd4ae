import type { Bucket, MetricName } from '../api/answers.js';
import { duration, number, percent, shortDuration } from '../figures/format.js';
import type { Line } from './chart.js';

/** How a kind of value is written, and how its axis may be cut. */
export interface Scale {
  format: (value: number | null) => string;
  short: (value: number) => string;
  steps: number[];
}

/** A chart of several values by time; each belongs to a metric, which explains it. */
export interface ChartText {
  title: string;
  about: string;
  scale: Scale;
  lines: (Omit<Line, 'values'> & { metric: MetricName; value: (bucket: Bucket) => number | null })[];
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

const COUNT: Scale = {
  format: (value) => number(value, 0),
  short: (value) => number(value, 0),
  steps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000],
};
const RATE: Scale = { format: percent, short: percent, steps: [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5] };
const DURATION: Scale = {
  format: duration,
  short: (value) => (value === 0 ? '0' : shortDuration(value)),
  steps: [
    ...[1, 5, 15, 30].map((count) => count * MINUTE),
    ...[1, 2, 4, 6, 12].map((count) => count * HOUR),
    ...[1, 2, 5, 7, 14, 30, 60, 100, 365].map((count) => count * DAY),
  ],
};

export const CHARTS: readonly ChartText[] = [
  {
    title: 'Deployments',
    about: 'All that finished, and those that failed',
    scale: COUNT,
    lines: [
      line('change_failure_rate', 'finished', '--bar', 'bars', (bucket) => bucket.change_failure_rate.deployments),
      line('change_failure_rate', 'failed', '--bad', 'bars', (bucket) => bucket.change_failure_rate.failed),
    ],
  },
  {
    title: 'Lead time for changes',
    about: 'Medians, of the whole and of its two parts',
    scale: DURATION,
    lines: [
      line('lead_time', 'total', '--series-1', 'line', ({ lead_time }) => lead_time.total.median),
      line('lead_time', 'review', '--series-2', 'line', ({ lead_time }) => lead_time.review.median),
      line('lead_time', 'deployment', '--series-3', 'line', ({ lead_time }) => lead_time.deployment.median),
    ],
  },
  {
    title: 'Failures and rework',
    about: 'Among all deployments that finished',
    scale: RATE,
    lines: [
      line('change_failure_rate', 'failed', '--bad', 'line', (bucket) => bucket.change_failure_rate.rate),
      { ...line('rework_rate', 'rework', '--series-4', 'line', ({ rework_rate }) => rework_rate.rate), dashed: true },
    ],
  },
  {
    title: 'Recovery',
    about: 'Medians, by when they failed or were resolved',
    scale: DURATION,
    lines: [
      line('failed_deployment_recovery_time', 'deployments', '--series-1', 'line', recovery),
      line('time_to_restore', 'incidents', '--series-2', 'line', ({ time_to_restore }) => time_to_restore.median),
    ],
  },
  {
    title: 'Work waiting',
    about: 'Changes landed and not deployed, at the time',
    scale: COUNT,
    lines: [line('work_waiting', 'changes', '--bar', 'bars', ({ work_waiting }) => work_waiting.count)],
  },
];

function line(
  metric: MetricName,
  label: string,
  color: string,
  kind: Line['kind'],
  value: (bucket: Bucket) => number | null,
) {
  return { metric, label, color, kind, value };
}

function recovery({ failed_deployment_recovery_time }: Bucket): number | null {
  return failed_deployment_recovery_time.median;
}
