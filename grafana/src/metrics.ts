import { columnAt, type Unit } from '../../src/metrics/catalogue/column.js';
import type { MetricEntry } from '../../src/metrics/catalogue/entry.js';
import { type Metric as MetricName, METRICS } from '../../src/metrics/catalogue/metrics.js';
import { BY_PIPELINE, cut, from, JUDGED, Sql } from './sql.js';

/** How the panels show a metric: which function computes it, which of its columns are read, and in what unit. */
export interface Metric {
  function: MetricName;
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

const UNITS: Record<Unit, string> = { count: 'none', per_day: 'suffix: a day', ratio: 'percentunit', seconds: 's' };

/** A metric of the catalogue by the number that is judged, or by another of its columns. */
export function metricOf(name: MetricName, column?: string): Metric {
  const { title, definition, columns, value, called, level, used, nothing }: MetricEntry = METRICS[name];
  const path = column ?? level ?? value;
  const unit = columnAt(columns, path).unit as Unit;
  const beside = (statistic: string): string => sqlOf(path.replace('median', statistic));
  const isMedian = path.endsWith('median');
  return {
    function: name,
    title,
    about: level === null ? `${definition}. Benchmarks have no levels of it.` : `${definition}.`,
    unit: UNITS[unit],
    value: sqlOf(path),
    called,
    count: isMedian ? beside('count') : sqlOf(used),
    judged: path === level,
    trend: isMedian ? { median: sqlOf(path), p90: beside('p90') } : { [called]: sqlOf(path) },
    drawn: unit === 'seconds' ? 'as points' : 'as bars',
    empty: `${nothing} in this range`,
  };
}

/** A part of a column is read as `(m.total).median`. */
function sqlOf(path: string): string {
  const [column, part] = path.split('.');
  return part === undefined ? `m.${column}` : `(m.${column}).${part}`;
}

/** One of the spans that a lead time is told by, as the catalogue describes it. */
export function leadTimeOf(span: 'total' | 'review' | 'deployment' | 'commit_to_deploy', title: string): Metric {
  const about = `${METRICS.lead_time.columns[span].meaning}. Bots are left out.`;
  return { ...metricOf('lead_time', `${span}.median`), title, about };
}

export const LEAD_TIME = leadTimeOf('commit_to_deploy', 'Lead time, commit to deployment');

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
