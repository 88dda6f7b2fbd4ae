/**
 * The answers of the API, as far as the page reads them. test/dashboard/answers.spec.ts holds them to the service's own.
 */
export interface Page<T> {
  items: T[];
  count: number;
  limit: number;
  next: string | null;
}

export type Level = 'elite' | 'high' | 'medium' | 'low';

export interface Judged {
  level: string | null;
  level_reason: string | null;
}

export interface Estimated extends Judged {
  approximate: boolean;
}

export interface Statistics {
  count: number;
  mean: number | null;
  median: number | null;
  p90: number | null;
}

export interface Metrics {
  deployment_frequency: Judged & {
    deployments: number;
    successful: number;
    failed: number;
    per_day: number;
    days_with_deployment: number;
  };
  lead_time: Estimated & {
    count: number;
    total: Statistics;
    review: Statistics;
    deployment: Statistics;
    commit_to_deploy: Statistics;
  };
  time_to_restore: Estimated & Statistics & { open: number };
  change_failure_rate: Judged & {
    deployments: number;
    failed: number;
    rate: number | null;
    failed_by: { status: number; incident: number; rollback: number };
  };
  failed_deployment_recovery_time: Estimated & Statistics & { unrecovered: number };
  rework_rate: { deployments: number; rework: number; rate: number | null };
  work_waiting: { count: number; oldest: number | null; median: number | null };
}

export type MetricName = keyof Metrics;

export interface About {
  from: string;
  to: string;
  time_zone: string;
  pipelines: string[] | null;
  environments: string[];
}

export interface Summary extends About, Metrics {
  benchmark: string;
}

export interface Bucket extends Metrics {
  start: string;
  end: string;
}

export interface Series extends About {
  benchmark: string;
  bucket: string;
  items: Bucket[];
}

export interface PipelineMetrics extends Metrics {
  pipeline_id: string;
}

export interface Pipeline {
  pipeline_id: string;
  events: number;
  last_event_at: string | null;
  environments: { environment: string; production: boolean }[];
}

export interface CarriedChange {
  commit_id: string;
  left_out: string | null;
  no_review: boolean;
  bot: boolean;
  total_seconds: number | null;
  review_seconds: number | null;
  deployment_seconds: number | null;
}

export interface Deployment {
  pipeline_id: string;
  environment: string;
  deployment_id: string;
  status: string;
  started_at: string;
  finished_at: string | null;
  commit_id: string;
  rollback: boolean;
  rework: boolean;
  failed_by: string[];
  recovery_seconds: number | null;
  url: string | null;
  baseline: boolean;
  carried_count: number;
  carried: CarriedChange[];
  incidents: string[];
}

export interface Incident {
  pipeline_id: string;
  incident_id: string;
  environment: string;
  state: string;
  opened_at: string;
  resolved_at: string | null;
  duration_seconds: number | null;
  url: string | null;
  cause_method: string;
  cause_environment: string | null;
  cause_deployment_id: string | null;
}

export interface ExplainedRow {
  kind: string;
  pipeline_id: string;
  environment: string | null;
  deployment_id: string | null;
  commit_id: string | null;
  incident_id: string | null;
  status: string | null;
  at: string | null;
  failed_by: string[] | null;
  review_seconds: number | null;
  deployment_seconds: number | null;
  commit_to_deploy_seconds: number | null;
  url: string | null;
}

export interface ExplainItem {
  row: ExplainedRow;
  used: boolean;
  reason: string | null;
  value: number | null;
}

export interface Explanation extends About, Page<ExplainItem> {
  metric: string;
  used: number;
  left_out: Record<string, number>;
}
