import { type Path, valueAt } from '../../../metrics/catalogue/column.js';
import type { METRICS } from '../../../metrics/catalogue/metrics.js';
import type { Bucket, MetricName } from '../api/answers.js';
import { duration, number, percent, shortDuration } from '../figures/format.js';
import type { Line } from './chart.js';

/** How a kind of value is written, and how its axis may be cut. */
interface Scale {
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
      line('change_failure_rate', 'deployments', 'finished', '--bar', 'bars'),
      line('change_failure_rate', 'failed', 'failed', '--bad', 'bars'),
    ],
  },
  {
    title: 'Lead time for changes',
    about: 'Medians, of the whole and of its two parts',
    scale: DURATION,
    lines: [
      line('lead_time', 'total.median', 'total', '--series-1', 'line'),
      line('lead_time', 'review.median', 'review', '--series-2', 'line'),
      line('lead_time', 'deployment.median', 'deployment', '--series-3', 'line'),
    ],
  },
  {
    title: 'Failures and rework',
    about: 'Among all deployments that finished',
    scale: RATE,
    lines: [
      line('change_failure_rate', 'rate', 'failed', '--bad', 'line'),
      { ...line('rework_rate', 'rate', 'rework', '--series-4', 'line'), dashed: true },
    ],
  },
  {
    title: 'Recovery',
    about: 'Medians, by when they failed or were resolved',
    scale: DURATION,
    lines: [
      line('failed_deployment_recovery_time', 'median', 'deployments', '--series-1', 'line'),
      line('time_to_restore', 'median', 'incidents', '--series-2', 'line'),
    ],
  },
  {
    title: 'Work waiting',
    about: 'Changes landed and not deployed, at the time',
    scale: COUNT,
    lines: [line('work_waiting', 'count', 'changes', '--bar', 'bars')],
  },
];

function line<Name extends MetricName>(
  metric: Name,
  column: Path<(typeof METRICS)[Name]['columns']>,
  label: string,
  color: string,
  kind: Line['kind'],
) {
  return { metric, label, color, kind, value: (bucket: Bucket) => valueAt(bucket[metric], column) };
}
