import type { components } from './contract.js';

/** The answers of the API, as its contract has them, by the names that the page has for them. */
type Schemas = components['schemas'];

export type Page<T> = Omit<Schemas['PipelinePage'], 'items'> & { items: T[] };

export type Summary = Schemas['SummaryView'];
export type Series = Schemas['SeriesView'];
export type Bucket = Schemas['SeriesItem'];
export type PipelineMetrics = Schemas['PipelineItem'];
export type Metrics = Omit<PipelineMetrics, 'pipeline_id'>;
export type MetricName = keyof Metrics;

export type Judged = Pick<Schemas['LeadTime'], 'level' | 'level_reason'>;
export type Level = NonNullable<Judged['level']>;

export type Explanation = Schemas['ExplainView'];
export type ExplainItem = Schemas['ExplainItem'];
export type ExplainedRow = Schemas['ExplainedRow'];

export type Pipeline = Schemas['PipelineView'];
export type Deployment = Schemas['DeploymentView'];
export type CarriedChange = Schemas['CarriedChange'];
export type Incident = Schemas['IncidentView'];
