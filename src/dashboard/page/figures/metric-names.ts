import type { MetricName } from '../api/answers.js';

export const METRIC_NAMES: readonly MetricName[] = [
  'deployment_frequency',
  'lead_time',
  'change_failure_rate',
  'failed_deployment_recovery_time',
  'time_to_restore',
  'rework_rate',
  'work_waiting',
];
