import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { POSTGRES } from '../data-sources.js';
import type { Sql } from '../sql.js';

interface Chart {
  title: string;
  description: string;
  unit: string;
  /** What is shown when there is nothing yet. */
  empty: string;
}

export interface Trend extends Chart {
  query: Sql;
}

/** Values over time. */
export function trendPanel({ title, description, unit, empty }: Chart): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .min(0)
    .noValue(empty)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(2)
    .fillOpacity(10)
    .showPoints(VisibilityMode.Auto)
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
}

/** Points joined by a line: a bucket of nothing has none. */
export function trend({ query, ...chart }: Trend): PanelBuilder {
  return trendPanel(chart)
    .datasource(POSTGRES)
    .withTarget(query.series())
    .showPoints(VisibilityMode.Always)
    .pointSize(6);
}

/** Counts and ratios over time, as bars. */
export function bars(options: Trend): PanelBuilder {
  return trend(options).drawStyle(GraphDrawStyle.Bars).lineWidth(1).fillOpacity(60).showPoints(VisibilityMode.Never);
}

/** Counts that add up, on top of each other. */
export function stacked(options: Trend): PanelBuilder {
  return bars(options).stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
}

export const legend = (): VizLegendOptionsBuilder =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);
