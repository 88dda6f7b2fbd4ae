import type { Metrics } from '../metrics.view.js';

interface Statistics {
  mean: number | null;
  median: number | null;
  p90: number | null;
}

/** One value of a pipeline; null: there is nothing to be told. */
export interface Sample {
  labels?: Record<string, string>;
  value: number | null;
}

/** One metric of the last 30 days as Prometheus reads it. */
export interface DoraGauge {
  name: string;
  help: string;
  labels?: string[];
  samples(metrics: Metrics): Sample[];
}

const one = (value: number | null): Sample[] => [{ value }];

const statistics = ({ mean, median, p90 }: Statistics, labels: Record<string, string> = {}): Sample[] =>
  Object.entries({ mean, median, p90 }).map(([statistic, value]) => ({ labels: { ...labels, statistic }, value }));

export const DORA_GAUGES: readonly DoraGauge[] = [
  {
    name: 'devopstic_deployments_per_day',
    help: 'Successful production deployments a day, of the last 30 days',
    samples: ({ deployment_frequency }) => one(deployment_frequency.per_day),
  },
  {
    name: 'devopstic_lead_time_seconds',
    help: 'Lead time of the changes of the last 30 days: total and its parts review and deployment; commit_to_deploy is that of DORA',
    labels: ['part', 'statistic'],
    samples: ({ lead_time: { total, review, deployment, commit_to_deploy } }) =>
      Object.entries({ total, review, deployment, commit_to_deploy }).flatMap(([part, values]) =>
        statistics(values, { part }),
      ),
  },
  {
    name: 'devopstic_time_to_restore_seconds',
    help: 'From an incident to its resolution, in the last 30 days',
    labels: ['statistic'],
    samples: ({ time_to_restore }) => statistics(time_to_restore),
  },
  {
    name: 'devopstic_open_incidents',
    help: 'Incidents open now',
    samples: ({ time_to_restore }) => one(time_to_restore.open),
  },
  {
    name: 'devopstic_change_failure_ratio',
    help: 'Failed by finished production deployments of the last 30 days, 0 to 1',
    samples: ({ change_failure_rate }) => one(change_failure_rate.rate),
  },
  {
    name: 'devopstic_failed_deployment_recovery_time_seconds',
    help: 'From a failed deployment of the last 30 days to its recovery',
    labels: ['statistic'],
    samples: ({ failed_deployment_recovery_time }) => statistics(failed_deployment_recovery_time),
  },
  {
    name: 'devopstic_rework_ratio',
    help: 'Unplanned by finished production deployments of the last 30 days, 0 to 1',
    samples: ({ rework_rate }) => one(rework_rate.rate),
  },
  {
    name: 'devopstic_waiting_changes',
    help: 'Changes landed and not yet deployed',
    samples: ({ work_waiting }) => one(work_waiting.count),
  },
  {
    name: 'devopstic_waiting_changes_oldest_seconds',
    help: 'How long the oldest of them has been waiting',
    samples: ({ work_waiting }) => one(work_waiting.oldest),
  },
];
