/** The columns of a panel, each with where the API's answer has the same number. */
type Same = Readonly<Record<string, string>>;

const LEVEL = (metric: string): Same => ({ level: `${metric}.level|${metric}.level_reason` });
const SPREAD = (path: string): Same => ({ median: `${path}.median`, p90: `${path}.p90` });

const FREQUENCY: Same = { 'deployments a day': 'deployment_frequency.per_day' };
const FAILED: Same = { failed: 'change_failure_rate.rate' };
const REWORK: Same = { rework: 'rework_rate.rate' };
const COMMIT_TO_DEPLOY = 'lead_time.commit_to_deploy';
const RECOVERY = 'failed_deployment_recovery_time';

const counted = (values: Same, metric: string, count: string): Same => ({
  ...values,
  ...LEVEL(metric),
  count,
});

/** By dashboard and query. */
export const SAME_AS_SUMMARY: Readonly<Record<string, Same>> = {
  'devopstic: Deployment frequency A': { ...FREQUENCY, ...LEVEL('deployment_frequency') },
  'devopstic: Change failure rate A': { ...FAILED, ...LEVEL('change_failure_rate') },
  'devopstic: Time to restore A': { median: 'time_to_restore.median', ...LEVEL('time_to_restore') },
  'devopstic: Lead time, commit to deployment A': { median: `${COMMIT_TO_DEPLOY}.median`, ...LEVEL('lead_time') },
  'devopstic: Lead time A': { median: 'lead_time.total.median' },
  'devopstic: Review lead time A': { median: 'lead_time.review.median' },
  'devopstic: Deployment lead time A': { median: 'lead_time.deployment.median' },
  'devopstic-dora: Deployment frequency A': counted(
    FREQUENCY,
    'deployment_frequency',
    'deployment_frequency.successful',
  ),
  'devopstic-dora: Lead time, commit to deployment A': counted(
    SPREAD(COMMIT_TO_DEPLOY),
    'lead_time',
    `${COMMIT_TO_DEPLOY}.count`,
  ),
  'devopstic-dora: Change failure rate A': counted(FAILED, 'change_failure_rate', 'change_failure_rate.deployments'),
  'devopstic-dora: Failed deployment recovery time A': counted(SPREAD(RECOVERY), RECOVERY, `${RECOVERY}.count`),
  'devopstic-dora: Rework rate A': { ...REWORK, count: 'rework_rate.deployments' },
  'devopstic-incidents: Open and unrecovered A': { 'open incidents': 'time_to_restore.open' },
  'devopstic-incidents: Open and unrecovered B': { 'unrecovered deployments': `${RECOVERY}.unrecovered` },
  'devopstic-incidents: Change failure rate A': counted(
    FAILED,
    'change_failure_rate',
    'change_failure_rate.deployments',
  ),
  'devopstic-incidents: Time to restore A': counted(
    SPREAD('time_to_restore'),
    'time_to_restore',
    'time_to_restore.count',
  ),
  'devopstic-incidents: Failed deployment recovery time A': counted(SPREAD(RECOVERY), RECOVERY, `${RECOVERY}.count`),
  'devopstic-lead-time: Waiting A': { changes: 'work_waiting.count' },
  'devopstic-lead-time: The oldest A': { oldest: 'work_waiting.oldest' },
  'devopstic-lead-time: Half wait longer than A': { median: 'work_waiting.median' },
};

export interface SameSeries {
  columns: Same;
  /** Buckets without this are left out; none: every bucket is there. */
  needed?: string;
}

const spread = (path: string): SameSeries => ({ columns: SPREAD(path), needed: `${path}.median` });
const ratio = (columns: Same): SameSeries => ({ columns, needed: Object.values(columns)[0] ?? '' });

/** With a mark where there are too few values to judge the first of them. */
const marked = ({ columns, ...rest }: SameSeries, metric: string): SameSeries => ({
  ...rest,
  columns: { ...columns, 'fewer than five values': `${Object.values(columns)[0] ?? ''} if few of ${metric}` },
});

export const SAME_AS_SERIES: Readonly<Record<string, SameSeries>> = {
  'devopstic: Deployment frequency, trend A': { columns: FREQUENCY },
  'devopstic: Change failure rate, trend A': ratio(FAILED),
  'devopstic: Time to restore, trend A': spread('time_to_restore'),
  'devopstic: Lead time, commit to deployment, trend A': spread(COMMIT_TO_DEPLOY),
  'devopstic: Lead time, trend A': spread('lead_time.total'),
  'devopstic: Review lead time, trend A': spread('lead_time.review'),
  'devopstic: Deployment lead time, trend A': spread('lead_time.deployment'),
  'devopstic-dora: Deployment frequency A': marked({ columns: FREQUENCY }, 'deployment_frequency'),
  'devopstic-dora: Lead time, commit to deployment A': marked(spread(COMMIT_TO_DEPLOY), 'lead_time'),
  'devopstic-dora: Change failure rate A': marked(ratio(FAILED), 'change_failure_rate'),
  'devopstic-dora: Failed deployment recovery time A': marked(spread(RECOVERY), RECOVERY),
  'devopstic-dora: Rework rate A': ratio(REWORK),
  'devopstic-incidents: Failed deployments by reason A': {
    columns: {
      'reported as failed': 'change_failure_rate.failed_by.status',
      'caused an incident': 'change_failure_rate.failed_by.incident',
      'rolled back': 'change_failure_rate.failed_by.rollback',
    },
  },
  'devopstic-incidents: Time to restore, trend A': spread('time_to_restore'),
  'devopstic-incidents: Failed deployment recovery time, trend A': spread(RECOVERY),
  'devopstic-lead-time: Review and deployment A': {
    columns: {
      review: 'lead_time.review.median',
      deployment: 'lead_time.deployment.median',
      total: 'lead_time.total.median',
    },
    needed: 'lead_time.total.median',
  },
  'devopstic-lead-time: Waiting over time A': { columns: { changes: 'work_waiting.count' } },
};

/** What is there at a path; of two paths: at the first that has something; "if few of" a metric: only then. */
export function valueAt(answer: object, told: string): unknown {
  const [paths = '', judged] = told.split(' if few of ');
  if (judged !== undefined && valueAt(answer, `${judged}.level_reason`) !== 'small_sample') return null;
  for (const path of paths.split('|')) {
    const found = path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], answer);
    if (found !== null) return found;
  }
  return null;
}
