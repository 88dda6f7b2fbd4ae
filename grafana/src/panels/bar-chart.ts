import { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import { VisibilityMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import { POSTGRES } from '../data-sources.js';
import type { Sql } from '../sql.js';
import { legend } from './trend.js';

export interface BarChart {
  title: string;
  description: string;
  unit: string;
  query: Sql;
  empty: string;
}

/** One bar a row: the first column names it, the second says how long it is. */
export function barChart({ title, description, unit, query, empty }: BarChart): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(POSTGRES)
    .withTarget(query)
    .unit(unit)
    .min(0)
    .noValue(empty)
    .orientation(VizOrientation.Horizontal)
    .showValue(VisibilityMode.Always)
    .fillOpacity(60)
    .legend(legend().showLegend(false));
}
