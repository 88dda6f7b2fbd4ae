/**
 * The metrics of `/dora`. Each is a function of its name in schema `reporting`; beside pipelines, environments, range,
 * time zone and buckets it takes what is listed here. A new metric is an SQL file, a line here and its view.
 */
export const METRICS = {
  deployment_frequency: ['benchmark'],
  lead_time: ['benchmark', 'bots'],
  time_to_restore: ['benchmark'],
  change_failure_rate: ['benchmark'],
  failed_deployment_recovery_time: ['benchmark'],
  rework_rate: [],
  work_waiting: ['bots'],
} as const satisfies Record<string, readonly ('benchmark' | 'bots')[]>;

export type Metric = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

export const BUCKETS = ['day', 'week', 'month'] as const;

export type Bucket = (typeof BUCKETS)[number];
