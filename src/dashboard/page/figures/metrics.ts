import { columnAt, type Unit, valueAt } from '../../../metrics/catalogue/column.js';
import type { MetricEntry } from '../../../metrics/catalogue/entry.js';
import { METRIC_NAMES as ALL, METRICS as CATALOGUE } from '../../../metrics/catalogue/metrics.js';
import type { Judged, MetricName, Metrics } from '../api/answers.js';
import { duration, number, percent } from './format.js';

/** How the page tells a metric, from the catalogue. The values are the API's: nothing is computed here. */
export interface MetricText extends Pick<MetricEntry, 'title' | 'about' | 'nothing' | 'words'> {
  /** The value above all others; null: there are no data to make it of. */
  value: (metrics: Metrics) => string | null;
  /** The unit after the value, in smaller type. */
  unit: string | null;
  facts: (metrics: Metrics) => [string, string][];
  judged: (metrics: Metrics) => Judged | null;
  /** What is judged, where it is not the value itself. */
  judgedBy: string | null;
  trend: (metrics: Metrics) => number | null;
}

const FORMATS: Readonly<Record<Unit, (value: number | null) => string>> = {
  count: number,
  per_day: number,
  ratio: percent,
  seconds: duration,
};

/** Those that benchmarks judge come first, and DORA's before others. */
export const METRIC_NAMES: readonly MetricName[] = ALL.toSorted((one, other) => placeOf(one) - placeOf(other));

function placeOf(name: MetricName): number {
  const { level, dora } = CATALOGUE[name];
  return 2 * Number(level === null) + Number(dora === null);
}

export const METRICS = Object.fromEntries(ALL.map((name) => [name, textOf(name, CATALOGUE[name])])) as Readonly<
  Record<MetricName, MetricText>
>;

function textOf(name: MetricName, entry: MetricEntry): MetricText {
  const { value, used, level, facts } = entry;
  const perDay = columnAt(entry.columns, value).unit === 'per_day';
  const told = (metrics: Metrics, column: string): string =>
    FORMATS[columnAt(entry.columns, column).unit as Unit](valueAt(metrics[name], column));
  return {
    ...entry,
    value: (metrics) => (isKnown(metrics[name], value) ? estimated(metrics[name], told(metrics, value)) : null),
    unit: perDay ? 'per day' : null,
    facts: (metrics) =>
      Object.entries(facts).map(([label, columns]) => [
        label,
        [columns]
          .flat()
          .map((column) => told(metrics, column))
          .join(' of '),
      ]),
    judged: ({ [name]: values }) => ('level' in values ? values : null),
    judgedBy: Object.entries(facts).find(([, column]) => column === level)?.[0] ?? null,
    // What is counted each day is drawn as it is: days are as long as weeks to a rate, and not to whoever looks at it.
    trend: (metrics) => valueAt(metrics[name], perDay ? used : value),
  };
}

/** Of no deployments there is no rate, not even 0 a day. */
function isKnown(values: Metrics[MetricName], column: string): boolean {
  return valueAt(values, column) !== null && !('deployments' in values && values.deployments === 0);
}

/** "≈" before what is within 5 % only. */
function estimated(values: Metrics[MetricName], text: string): string {
  return 'approximate' in values && values.approximate ? `≈ ${text}` : text;
}
