import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  CustomVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  type VariableModel,
  type VariableOption,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { METRIC_NAMES } from '../../src/metrics/catalogue/metrics.js';
import { POSTGRES } from './data-sources.js';

type Variable = Builder<VariableModel>;

/** What "All" becomes in a query: a list of one null. See reporting.chosen_pipelines. */
const EVERYTHING = 'NULL';

/** The entry for whatever counts as production. See reporting.chosen_environments. */
const PRODUCTION: VariableOption = { selected: true, text: ['Production'], value: ['production environments'] };

const query = (name: string, label: string, sql: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(POSTGRES)
    .query(sql)
    .definition(sql)
    .refresh(VariableRefresh.OnTimeRangeChanged);

export const pipeline = (): Variable =>
  query('pipeline', 'Pipeline', 'SELECT p.pipeline_id FROM reporting.pipelines AS p ORDER BY p.pipeline_id')
    .description('What is delivered: one, several or all')
    .multi(true)
    .includeAll(true)
    .allValue(EVERYTHING)
    .current({ selected: true, text: ['All'], value: ['$__all'] });

export const environment = (): Variable =>
  query(
    'environment',
    'Environment',
    `SELECT c.name AS __text, c.value AS __value FROM reporting.environment_choices AS c ORDER BY c.place, c.name`,
  )
    .description('Where it runs: the ones that count as production, or those named')
    .multi(true)
    .includeAll(true)
    .allValue(EVERYTHING)
    .current(PRODUCTION);

export const benchmark = (): Variable =>
  query('benchmark', 'Benchmark', 'SELECT DISTINCT b.name FROM reporting.benchmarks AS b ORDER BY b.name')
    .description('Whose levels (elite, high, medium, low) values are compared with')
    .current({ selected: true, text: 'dora-2023', value: 'dora-2023' });

export const bucket = (chosen = 'week'): Variable => custom('bucket', 'Trend by', ['day', 'week', 'month'], chosen);

export const metric = (): Variable => custom('metric', 'Metric', METRIC_NAMES, 'lead_time');

function custom(name: string, label: string, values: string[], chosen: string): Variable {
  return new CustomVariableBuilder(name)
    .label(label)
    .values(values.join(','))
    .options(values.map((value) => ({ selected: value === chosen, text: value, value })))
    .current({ selected: true, text: chosen, value: chosen });
}
