// Written by npm run openapi.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    SummaryView: {
      from: string;
      to: string;
      time_zone: string;
      pipelines: string[] | null;
      environments: string[];
      benchmark: string;
      deployment_frequency: components['schemas']['DeploymentFrequency'];
      lead_time: components['schemas']['LeadTime'];
      time_to_restore: components['schemas']['TimeToRestore'];
      change_failure_rate: components['schemas']['ChangeFailureRate'];
      failed_deployment_recovery_time: components['schemas']['FailedDeploymentRecoveryTime'];
      rework_rate: components['schemas']['ReworkRate'];
      work_waiting: components['schemas']['WorkWaiting'];
    };
    DeploymentFrequency: {
      deployments: number;
      successful: number;
      failed: number;
      per_day: number;
      days_with_deployment: number;
      level: 'elite' | 'high' | 'medium' | 'low' | null;
      level_reason: 'small_sample' | null;
    };
    LeadTime: {
      count: number;
      level: 'elite' | 'high' | 'medium' | 'low' | null;
      level_reason: 'small_sample' | null;
      approximate: boolean;
      total: components['schemas']['Statistics'];
      review: components['schemas']['Statistics'];
      deployment: components['schemas']['Statistics'];
      commit_to_deploy: components['schemas']['Statistics'];
    };
    Statistics: {
      count: number;
      mean: number | null;
      median: number | null;
      p90: number | null;
    };
    TimeToRestore: {
      count: number;
      open: number;
      mean: number | null;
      median: number | null;
      p90: number | null;
      level: 'elite' | 'high' | 'medium' | 'low' | null;
      level_reason: 'small_sample' | null;
      approximate: boolean;
    };
    ChangeFailureRate: {
      deployments: number;
      failed: number;
      rate: number | null;
      failed_by: components['schemas']['FailedBy'];
      level: 'elite' | 'high' | 'medium' | 'low' | null;
      level_reason: 'small_sample' | null;
    };
    FailedBy: {
      status: number;
      incident: number;
      rollback: number;
    };
    FailedDeploymentRecoveryTime: {
      count: number;
      unrecovered: number;
      mean: number | null;
      median: number | null;
      p90: number | null;
      level: 'elite' | 'high' | 'medium' | 'low' | null;
      level_reason: 'small_sample' | null;
      approximate: boolean;
    };
    ReworkRate: {
      deployments: number;
      rework: number;
      rate: number | null;
    };
    WorkWaiting: {
      count: number;
      oldest: number | null;
      median: number | null;
    };
    SeriesView: {
      from: string;
      to: string;
      time_zone: string;
      pipelines: string[] | null;
      environments: string[];
      benchmark: string;
      bucket: 'day' | 'week' | 'month';
      items: components['schemas']['SeriesItem'][];
    };
    SeriesItem: {
      deployment_frequency: components['schemas']['DeploymentFrequency'];
      lead_time: components['schemas']['LeadTime'];
      time_to_restore: components['schemas']['TimeToRestore'];
      change_failure_rate: components['schemas']['ChangeFailureRate'];
      failed_deployment_recovery_time: components['schemas']['FailedDeploymentRecoveryTime'];
      rework_rate: components['schemas']['ReworkRate'];
      work_waiting: components['schemas']['WorkWaiting'];
      start: string;
      end: string;
    };
    PipelinesView: {
      from: string;
      to: string;
      time_zone: string;
      pipelines: string[] | null;
      environments: string[];
      benchmark: string;
      count: number;
      limit: number;
      next: string | null;
      items: components['schemas']['PipelineItem'][];
    };
    PipelineItem: {
      deployment_frequency: components['schemas']['DeploymentFrequency'];
      lead_time: components['schemas']['LeadTime'];
      time_to_restore: components['schemas']['TimeToRestore'];
      change_failure_rate: components['schemas']['ChangeFailureRate'];
      failed_deployment_recovery_time: components['schemas']['FailedDeploymentRecoveryTime'];
      rework_rate: components['schemas']['ReworkRate'];
      work_waiting: components['schemas']['WorkWaiting'];
      pipeline_id: string;
    };
    ExplainView: {
      from: string;
      to: string;
      time_zone: string;
      pipelines: string[] | null;
      environments: string[];
      count: number;
      limit: number;
      next: string | null;
      metric:
        | 'deployment_frequency'
        | 'lead_time'
        | 'time_to_restore'
        | 'change_failure_rate'
        | 'failed_deployment_recovery_time'
        | 'rework_rate'
        | 'work_waiting';
      used: number;
      left_out: {
        [key: string]: number;
      };
      items: components['schemas']['ExplainItem'][];
    };
    ExplainItem: {
      row: components['schemas']['ExplainedRow'];
      used: boolean;
      reason:
        | 'not_production'
        | 'in_progress'
        | 'out_of_range'
        | 'canceled'
        | 'failure'
        | 'before_baseline'
        | 'unknown_commit'
        | 'negative_span'
        | 'bot'
        | 'not_deployed'
        | 'alias_of_pull_request'
        | 'outside'
        | 'unlinked'
        | 'open'
        | 'no_review'
        | null;
      value: number | null;
    };
    ExplainedRow: {
      kind: 'deployment' | 'change' | 'incident';
      pipeline_id: string;
      environment: string | null;
      deployment_id: string | null;
      commit_id: string | null;
      incident_id: string | null;
      status: string | null;
      at: string | null;
      failed_by: ('status' | 'incident' | 'rollback')[] | null;
      review_seconds: number | null;
      deployment_seconds: number | null;
      commit_to_deploy_seconds: number | null;
      url: string | null;
    };
    PipelinePage: {
      count: number;
      limit: number;
      next: string | null;
      items: components['schemas']['PipelineView'][];
    };
    PipelineView: {
      pipeline_id: string;
      events: number;
      first_event_at: string | null;
      last_event_at: string | null;
      changes: number;
      deployments: number;
      incidents: number;
      environments: components['schemas']['EnvironmentView'][];
    };
    EnvironmentView: {
      environment: string;
      production: boolean;
      deployments: number;
      incidents: number;
      baseline_deployment_id: string | null;
      baseline_finished_at: string | null;
    };
    DeploymentPage: {
      count: number;
      limit: number;
      next: string | null;
      items: components['schemas']['DeploymentView'][];
    };
    DeploymentView: {
      pipeline_id: string;
      environment: string;
      deployment_id: string;
      started_at: string;
      commit_id: string;
      commits: string[];
      url: string | null;
      status: 'in_progress' | 'success' | 'failure' | 'canceled';
      finished_at: string | null;
      rollback: boolean;
      rework: boolean;
      failed_by: ('status' | 'incident' | 'rollback')[];
      recovered_at: string | null;
      recovery_seconds: number | null;
      baseline: boolean;
      carried_count: number;
      carried: components['schemas']['CarriedChange'][];
      incidents: string[];
    };
    CarriedChange: {
      left_out: 'before_baseline' | 'unknown_commit' | 'negative_span' | null;
      no_review: boolean;
      skewed: boolean;
      total_seconds: number | null;
      review_seconds: number | null;
      deployment_seconds: number | null;
      commit_to_deploy_seconds: number | null;
      commit_id: string;
      bot: boolean;
    };
    IncidentPage: {
      count: number;
      limit: number;
      next: string | null;
      items: components['schemas']['IncidentView'][];
    };
    IncidentView: {
      pipeline_id: string;
      incident_id: string;
      environment: string;
      state: 'open' | 'resolved';
      opened_at: string;
      resolved_at: string | null;
      blamed_deployment_id: string | null;
      blamed_commit_id: string | null;
      url: string | null;
      cause_method: 'explicit' | 'window' | 'none';
      cause_environment: string | null;
      cause_deployment_id: string | null;
      duration_seconds: number | null;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
