import { VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelBuilder as TrendPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import { LEVEL_NAME, levelProperties } from '../levels.js';
import { trendOf, valueOf, type Metric } from '../metrics.js';
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

export function metricTrend(metric: Metric, bucket?: 'week' | 'month'): TrendPanel {
  const { about, unit, empty, drawn } = metric;
  const title = bucket === undefined ? `${metric.title}, trend` : metric.title;
  const description = `${about} In each ${bucket ?? '$bucket'}, by when it ended.`;
  return (drawn === 'as bars' ? bars : trend)({ title, description, unit, empty, query: trendOf(metric, bucket) });
}
