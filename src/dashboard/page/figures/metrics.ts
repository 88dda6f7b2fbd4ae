import type { Estimated, Judged, MetricName, Metrics } from '../api/answers.js';
import { duration, NOTHING, number, percent } from './format.js';

/** How the page tells a metric. The values are the API's: nothing is computed here. */
export interface MetricText {
  title: string;
  /** What it says, in a sentence. */
  about: string;
  /** The value above all others; null: there are no data to make it of. */
  value: (metrics: Metrics) => string | null;
  /** The unit after the value, in smaller type. */
  unit?: string;
  /** What to say instead of a value that there is not. */
  nothing: string;
  facts: (metrics: Metrics) => [string, string][];
  judged?: (metrics: Metrics) => Judged;
  /** What is judged, where it is not the value itself. */
  judgedBy?: string;
  trend: (metrics: Metrics) => number | null;
}

export const METRICS: Readonly<Record<MetricName, MetricText>> = {
  deployment_frequency: {
    title: 'Deployment frequency',
    about: 'Successful deployments per day',
    value: ({ deployment_frequency: it }) => (it.deployments > 0 ? number(it.per_day) : null),
    unit: 'per day',
    nothing: 'No deployments',
    facts: ({ deployment_frequency: it }) => [
      ['successful', number(it.successful)],
      ['days with one', number(it.days_with_deployment)],
    ],
    judged: ({ deployment_frequency }) => deployment_frequency,
    trend: ({ deployment_frequency }) => deployment_frequency.successful,
  },
  lead_time: {
    title: 'Lead time for changes',
    about: 'Submitted to deployed, median',
    value: ({ lead_time: it }) => estimate(it, it.total.median),
    nothing: 'No changes deployed',
    facts: ({ lead_time: it }) => [
      ['changes', number(it.count)],
      ['review', duration(it.review.median)],
      ['deployment', duration(it.deployment.median)],
      ['from commit', duration(it.commit_to_deploy.median)],
      ['p90', duration(it.total.p90)],
    ],
    judged: ({ lead_time }) => lead_time,
    judgedBy: 'from commit',
    trend: ({ lead_time }) => lead_time.total.median,
  },
  change_failure_rate: {
    title: 'Change failure rate',
    about: 'Failed among finished deployments',
    value: ({ change_failure_rate }) => share(change_failure_rate.rate),
    nothing: 'No deployments',
    facts: ({ change_failure_rate: it }) => [
      ['failed', `${number(it.failed)} of ${number(it.deployments)}`],
      ['by status', number(it.failed_by.status)],
      ['by incident', number(it.failed_by.incident)],
      ['by rollback', number(it.failed_by.rollback)],
    ],
    judged: ({ change_failure_rate }) => change_failure_rate,
    trend: ({ change_failure_rate }) => change_failure_rate.rate,
  },
  failed_deployment_recovery_time: {
    title: 'Failed deployment recovery',
    about: 'Failure to recovery, median',
    value: ({ failed_deployment_recovery_time: it }) => estimate(it, it.median),
    nothing: 'Nothing recovered',
    facts: ({ failed_deployment_recovery_time: it }) => [
      ['recovered', number(it.count)],
      ['not yet', number(it.unrecovered)],
      ['p90', duration(it.p90)],
    ],
    judged: ({ failed_deployment_recovery_time }) => failed_deployment_recovery_time,
    trend: ({ failed_deployment_recovery_time }) => failed_deployment_recovery_time.median,
  },
  time_to_restore: {
    title: 'Time to restore',
    about: 'Incident opened to resolved, median',
    value: ({ time_to_restore: it }) => estimate(it, it.median),
    nothing: 'No incidents resolved',
    facts: ({ time_to_restore: it }) => [
      ['resolved', number(it.count)],
      ['open', number(it.open)],
      ['p90', duration(it.p90)],
    ],
    judged: ({ time_to_restore }) => time_to_restore,
    trend: ({ time_to_restore }) => time_to_restore.median,
  },
  rework_rate: {
    title: 'Rework rate',
    about: 'Hotfixes and rollbacks among all deployments',
    value: ({ rework_rate }) => share(rework_rate.rate),
    nothing: 'No deployments',
    facts: ({ rework_rate: it }) => [['rework', `${number(it.rework)} of ${number(it.deployments)}`]],
    trend: ({ rework_rate }) => rework_rate.rate,
  },
  work_waiting: {
    title: 'Work waiting',
    about: 'Changes landed, and not yet deployed',
    value: ({ work_waiting }) => number(work_waiting.count),
    nothing: NOTHING,
    facts: ({ work_waiting: it }) => [
      ['oldest', duration(it.oldest)],
      ['median', duration(it.median)],
    ],
    trend: ({ work_waiting }) => work_waiting.count,
  },
};

/** "≈" before what is within 5 % only. */
function estimate({ approximate }: Estimated, seconds: number | null): string | null {
  if (seconds === null) return null;
  return approximate ? `≈ ${duration(seconds)}` : duration(seconds);
}

function share(rate: number | null): string | null {
  return rate === null ? null : percent(rate);
}
