import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelBuilder as TrendPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import { LEVEL_NAME, levelProperties } from '../levels.js';
import { FEW, trendOf, valueOf, type Metric } from '../metrics.js';
import type { Sql } from '../sql.js';
import { stat } from './stat.js';
import { bars, trend } from './trend.js';

/** Its value and level beside each other. */
export function metricStat(metric: Metric): StatPanel {
  return statOf(metric, valueOf(metric));
}

/** All that is said of it, one below the other. */
export function metricStatInFull(metric: Metric): StatPanel {
  return statOf(metric, valueOf(metric, true)).orientation(VizOrientation.Horizontal);
}

/** The level is in its colour, under the name of the benchmark. */
function statOf({ title, about: description, unit, empty, judged }: Metric, query: Sql): StatPanel {
  const panel = stat({ title, description, unit, empty, query });
  if (!judged) return panel;
  return panel.overrideByName('level', [{ id: 'displayName', value: LEVEL_NAME }, ...levelProperties]);
}

export function metricTrend(metric: Metric): TrendPanel {
  const { about, unit, empty, drawn } = metric;
  const description = `${about} In each $bucket, by when it ended.`;
  const query = trendOf(metric);
  return (drawn === 'as bars' ? bars : trend)({ title: `${metric.title}, trend`, description, unit, empty, query });
}

/** By week or by month whatever is chosen; small samples are marked where levels are given. */
export function markedTrend(metric: Metric, bucket: 'week' | 'month'): TrendPanel {
  const { title, about, unit, empty, drawn, judged } = metric;
  const few = judged ? ' A point marks fewer than five values: too few to judge.' : '';
  const description = `${about} In each ${bucket}, by when it ended.${few}`;
  const query = trendOf(metric, bucket, judged);
  const panel = (drawn === 'as bars' ? bars : trend)({ title, description, unit, empty, query });
  return judged ? panel.overrideByName(FEW, MARK) : panel;
}

const MARK: DynamicConfigValue[] = [
  { id: 'custom.drawStyle', value: 'points' },
  { id: 'custom.pointSize', value: 9 },
  { id: 'custom.showPoints', value: 'always' },
  { id: 'color', value: { mode: 'fixed', fixedColor: 'semi-dark-yellow' } },
];
