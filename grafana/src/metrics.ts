import { BY_PIPELINE, cut, from, JUDGED, Sql } from './sql.js';

/** How the panels show a metric: which function computes it, which of its columns are read, and in what unit. */
export interface Metric {
  function: string;
  title: string;
  unit: string;
  /** The column with the one number that stands for it, and how that is called. */
  value: string;
  called: string;
  /** How many values that is of. */
  count: string;
  /** Whether benchmarks have levels of it. */
  judged: boolean;
  about: string;
  /** The columns of its trend, by how they are called. */
  trend: Record<string, string>;
  /** A bucket with none of these has no value. */
  drawn: 'as bars' | 'as points';
  empty: string;
}

const NO_DEPLOYMENT = 'No deployment in this range';

export const DEPLOYMENT_FREQUENCY: Metric = {
  function: 'deployment_frequency',
  title: 'Deployment frequency',
  unit: 'suffix: a day',
  value: 'm.per_day',
  called: 'deployments a day',
  count: 'm.successful',
  judged: true,
  about: 'Successful deployments by the days of the range.',
  trend: { 'deployments a day': 'm.per_day' },
  drawn: 'as bars',
  empty: NO_DEPLOYMENT,
};

export const CHANGE_FAILURE_RATE: Metric = {
  function: 'change_failure_rate',
  title: 'Change failure rate',
  unit: 'percentunit',
  value: 'm.rate',
  called: 'failed',
  count: 'm.deployments',
  judged: true,
  about: 'Failed by finished deployments: reported as failed, the cause of an incident, or rolled back.',
  trend: { failed: 'm.rate' },
  drawn: 'as bars',
  empty: NO_DEPLOYMENT,
};

export const TIME_TO_RESTORE: Metric = {
  function: 'time_to_restore',
  title: 'Time to restore',
  unit: 's',
  value: 'm.median',
  called: 'median',
  count: 'm.count',
  judged: true,
  about: 'From an incident to its resolution, of the incidents resolved in the range.',
  trend: { median: 'm.median', p90: 'm.p90' },
  drawn: 'as points',
  empty: 'No incident resolved in this range',
};

export const LEAD_TIME: Metric = {
  function: 'lead_time',
  title: 'Lead time, commit to deployment',
  unit: 's',
  value: '(m.commit_to_deploy).median',
  called: 'median',
  count: '(m.commit_to_deploy).count',
  judged: true,
  about: "From the commit to the deployment that first carried it: DORA's lead time for changes. Bots are left out.",
  trend: { median: '(m.commit_to_deploy).median', p90: '(m.commit_to_deploy).p90' },
  drawn: 'as points',
  empty: 'No change deployed in this range',
};

export const RECOVERY_TIME: Metric = {
  function: 'failed_deployment_recovery_time',
  title: 'Failed deployment recovery time',
  unit: 's',
  value: 'm.median',
  called: 'median',
  count: 'm.count',
  judged: true,
  about: 'From a failed deployment to the next successful one, or to the end of the incident that it caused.',
  trend: { median: 'm.median', p90: 'm.p90' },
  drawn: 'as points',
  empty: 'No failed deployment in this range',
};

export const REWORK_RATE: Metric = {
  function: 'rework_rate',
  title: 'Rework rate',
  unit: 'percentunit',
  value: 'm.rate',
  called: 'rework',
  count: 'm.deployments',
  judged: false,
  about: 'Unplanned by finished deployments: hotfixes and rollbacks. Benchmarks have no levels of it.',
  trend: { rework: 'm.rate' },
  drawn: 'as bars',
  empty: NO_DEPLOYMENT,
};

/** The value of the whole range, with its level; in full: also its p90 and how many values it is of. */
export function valueOf(metric: Metric, inFull = false): Sql {
  const { p90 } = metric.trend;
  const columns = [`${metric.value} AS "${metric.called}"`];
  if (inFull && p90 !== undefined) columns.push(`${p90} AS p90`);
  // A sample too small to judge says so in the level's place.
  if (metric.judged) columns.push('COALESCE(m.level, m.level_reason) AS level');
  if (inFull) columns.push(`${metric.count} AS count`);
  const parameters = metric.judged ? JUDGED : JUDGED.filter((parameter) => !parameter.startsWith('benchmark'));
  return new Sql(`SELECT\n  ${columns.join(',\n  ')}\n${from(metric.function, parameters)}`);
}

/** Marks the buckets whose values are too few to be judged. */
export const FEW = 'fewer than five values';

export function trendOf(metric: Metric, bucket?: string, marked = false): Sql {
  const columns = Object.entries(metric.trend).map(([name, column]) => `${column} AS "${name}"`);
  if (marked) columns.push(`CASE WHEN m.level_reason = 'small_sample' THEN ${metric.value} END AS "${FEW}"`);
  return new Sql(
    `SELECT\n  m.bucket_start AS time,\n  ${columns.join(',\n  ')}\n${from(metric.function, cut(bucket))}\n` +
      `WHERE ${metric.value} IS NOT NULL\nORDER BY time`,
  );
}

/** One series a pipeline. */
export function trendsByPipeline(metric: Metric): Sql {
  return new Sql(
    `SELECT\n  m.bucket_start AS time,\n  m.pipeline_id AS pipeline,\n  ${metric.value} AS "${metric.called}"\n` +
      `${from(metric.function, [...cut(), BY_PIPELINE])}\nORDER BY time, pipeline`,
  ).series();
}
