import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { PROMETHEUS } from '../data-sources.js';
import { trendPanel } from './trend.js';

interface Health {
  title: string;
  description: string;
  unit: string;
  /** PromQL by legend. */
  queries: Record<string, string>;
}

const EMPTY = 'No samples: does Prometheus scrape GET /metrics?';

/** What the service says of itself to Prometheus. */
export function health({ title, description, unit, queries }: Health): PanelBuilder {
  const targets = Object.entries(queries).map(([legend, expr], index) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode(65 + index))
      .datasource(PROMETHEUS)
      .expr(expr)
      .legendFormat(legend)
      .range(),
  );
  return trendPanel({ title, description, unit, empty: EMPTY }).datasource(PROMETHEUS).targets(targets);
}
