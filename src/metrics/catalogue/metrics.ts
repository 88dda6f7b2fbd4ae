import { approximate, count, judged, parts, perDay, ratio, seconds, statistics } from './column.js';
import type { Values } from './column.js';
import { metric } from './entry.js';

const STATISTICS = ['mean', 'median', 'p90'] as const;
const LEAD_TIMES = ['total', 'review', 'deployment', 'commit_to_deploy'] as const;

const finished = count('Deployments that finished in range, successful or failed', 42);
const EVERY_DEPLOYMENT = 'every deployment';
const AND_UNLINKED = ', and every incident that none is known to have caused';

/** Each is a function of its name in schema `reporting`; one named `…_explained` tells its rows. */
export const METRICS = {
  deployment_frequency: metric({
    title: 'Deployment frequency',
    definition: 'Successful deployments that finished in range, by the days of the range',
    about: 'Successful deployments per day',
    better: 'more',
    dora: 'throughput',
    bots: false,
    columns: {
      deployments: finished,
      successful: count('Those that succeeded: what per_day and the level count', 40),
      failed: count('Those that count as failed, for whatever reason', 3),
      per_day: perDay('Successful deployments by the (fractional) days of the range', 1.2920592193808882),
      days_with_deployment: count('Local days on which a deployment succeeded', 20),
      ...judged('elite'),
    },
    value: 'per_day',
    called: 'deployments a day',
    level: 'per_day',
    used: 'successful',
    nothing: 'No deployments',
    facts: { successful: 'successful', 'days with one': 'days_with_deployment' },
    gauges: [
      {
        name: 'devopstic_deployments_per_day',
        help: 'Successful production deployments a day, of the last 30 days',
        columns: ['per_day'],
      },
    ],
    rows: EVERY_DEPLOYMENT,
    adds: '1',
    words: ['successful'],
  }),
  lead_time: metric({
    title: 'Lead time for changes',
    definition:
      'For each change first carried by a successful deployment that finished in range: from submitted for review, by way of its approval, to deployed; and from committed to deployed',
    about: 'Submitted to deployed, median',
    better: 'less',
    dora: 'throughput',
    bots: true,
    columns: {
      count: count('Changes first carried by a successful deployment that finished in range', 55),
      ...judged('high'),
      approximate,
      total: statistics(
        'From submitted for review to deployed, without the time of being a draft again',
        [55, 93_600, 79_200, 187_200],
      ),
      review: statistics(
        'From submitted to approved, without the time of being a draft again; of the changes that were approved',
        [51, 50_400, 39_600, 115_200],
      ),
      deployment: statistics('From approved (or else submitted) to deployed', [55, 46_800, 36_000, 93_600]),
      commit_to_deploy: statistics(
        "From committed to deployed: DORA's, whose median the level judges",
        [55, 151_200, 118_800, 324_000],
      ),
    },
    value: 'total.median',
    called: 'median',
    level: 'commit_to_deploy.median',
    used: 'count',
    nothing: 'No changes deployed',
    facts: {
      changes: 'count',
      review: 'review.median',
      deployment: 'deployment.median',
      'from commit': 'commit_to_deploy.median',
      p90: 'total.p90',
    },
    gauges: [
      {
        name: 'devopstic_lead_time_seconds',
        help: 'Lead time of the changes of the last 30 days: total and its parts review and deployment; commit_to_deploy is that of DORA',
        labels: ['part', 'statistic'],
        columns: LEAD_TIMES.flatMap((part) => STATISTICS.map((statistic) => `${part}.${statistic}` as const)),
      },
    ],
    rows: 'every change in each environment that a deployment carried it to, every commit that is another name of a change, every change never deployed',
    adds: 'seconds from submitted to deployed, less those of being a draft again',
  }),
  time_to_restore: metric({
    title: 'Time to restore',
    definition: 'For incidents resolved in range: from opened to resolved',
    about: 'Incident opened to resolved, median',
    better: 'less',
    dora: null,
    bots: false,
    columns: {
      count: count('Incidents resolved in range', 3),
      open: count('Incidents open at the end of the range', 1),
      mean: seconds('Mean time from opened to resolved', 3300),
      median: seconds('Median time from opened to resolved', 2700),
      p90: seconds('90th percentile of the time from opened to resolved', 4860),
      ...judged(null),
      approximate,
    },
    value: 'median',
    called: 'median',
    level: 'median',
    used: 'count',
    nothing: 'No incidents resolved',
    facts: { resolved: 'count', open: 'open', p90: 'p90' },
    gauges: [
      {
        name: 'devopstic_time_to_restore_seconds',
        help: 'From an incident to its resolution, in the last 30 days',
        labels: ['statistic'],
        columns: STATISTICS,
      },
      { name: 'devopstic_open_incidents', help: 'Incidents open now', columns: ['open'] },
    ],
    rows: 'every incident',
    adds: 'seconds from opened to resolved',
  }),
  change_failure_rate: metric({
    title: 'Change failure rate',
    definition: 'Failed ÷ finished deployments: reported as failed, the cause of an incident, or rolled back',
    about: 'Failed among finished deployments',
    better: 'less',
    dora: 'stability',
    bots: false,
    columns: {
      deployments: finished,
      failed: count('Those that count as failed', 3),
      rate: ratio('failed ÷ deployments', 0.07142857142857142),
      failed_by: parts('FailedBy', 'How many failed for each reason; one may have several', {
        status: count('It was reported as failed', 2),
        incident: count('It caused an incident', 1),
        rollback: count('It was rolled back', 0),
      }),
      ...judged('high'),
    },
    value: 'rate',
    called: 'failed',
    level: 'rate',
    used: 'deployments',
    nothing: 'No deployments',
    facts: {
      failed: ['failed', 'deployments'],
      'by status': 'failed_by.status',
      'by incident': 'failed_by.incident',
      'by rollback': 'failed_by.rollback',
    },
    gauges: [
      {
        name: 'devopstic_change_failure_ratio',
        help: 'Failed by finished production deployments of the last 30 days, 0 to 1',
        columns: ['rate'],
      },
    ],
    rows: EVERY_DEPLOYMENT + AND_UNLINKED,
    adds: '1 if it failed, else 0',
    words: ['failed', 'not failed'],
  }),
  failed_deployment_recovery_time: metric({
    title: 'Failed deployment recovery time',
    definition:
      'From a failed deployment that finished in range to the next successful one, or to the end of the incident that it caused',
    about: 'Failure to recovery, median',
    better: 'less',
    dora: 'stability',
    bots: false,
    columns: {
      count: count('Failed deployments that finished in range and were recovered since', 2),
      unrecovered: count('Failed deployments that finished in range and were not', 1),
      mean: seconds('Mean time from failure to recovery', 2850),
      median: seconds('Median time from failure to recovery', 2850),
      p90: seconds('90th percentile of the time from failure to recovery', 4170),
      ...judged(null),
      approximate,
    },
    value: 'median',
    called: 'median',
    level: 'median',
    used: 'count',
    nothing: 'Nothing recovered',
    facts: { recovered: 'count', 'not yet': 'unrecovered', p90: 'p90' },
    gauges: [
      {
        name: 'devopstic_failed_deployment_recovery_time_seconds',
        help: 'From a failed deployment of the last 30 days to its recovery',
        labels: ['statistic'],
        columns: STATISTICS,
      },
    ],
    rows: `every failed deployment${AND_UNLINKED}`,
    adds: 'seconds to its recovery',
  }),
  rework_rate: metric({
    title: 'Rework rate',
    definition: 'Unplanned ÷ finished deployments: hotfixes and rollbacks',
    about: 'Hotfixes and rollbacks among all deployments',
    better: 'less',
    dora: 'stability',
    bots: false,
    columns: {
      deployments: finished,
      rework: count('Those that were unplanned: hotfixes and rollbacks', 2),
      rate: ratio('rework ÷ deployments', 0.047619047619047616),
    },
    value: 'rate',
    called: 'rework',
    level: null,
    used: 'deployments',
    nothing: 'No deployments',
    facts: { rework: ['rework', 'deployments'] },
    gauges: [
      {
        name: 'devopstic_rework_ratio',
        help: 'Unplanned by finished production deployments of the last 30 days, 0 to 1',
        columns: ['rate'],
      },
    ],
    rows: EVERY_DEPLOYMENT,
    adds: '1 if it is rework, else 0',
    words: ['rework', 'no rework'],
  }),
  work_waiting: metric({
    title: 'Work waiting',
    definition:
      'Changes that landed before the end of the range and that no deployment has carried there by then: how many, and for how long they have been waiting',
    about: 'Changes landed, and not yet deployed',
    better: 'less',
    dora: null,
    bots: true,
    columns: {
      count: count('Changes landed and not yet carried by a deployment, at the end of the range', 4),
      oldest: seconds('How long the oldest has been waiting', 86_400),
      median: seconds('Median of how long they have been waiting', 3600),
    },
    value: 'count',
    called: 'changes',
    level: null,
    used: 'count',
    nothing: 'Nothing waits',
    facts: { oldest: 'oldest', median: 'median' },
    gauges: [
      { name: 'devopstic_waiting_changes', help: 'Changes landed and not yet deployed', columns: ['count'] },
      {
        name: 'devopstic_waiting_changes_oldest_seconds',
        help: 'How long the oldest of them has been waiting',
        columns: ['oldest'],
      },
    ],
    rows: 'every commit whose change no deployment had carried to the environments before `to`',
    adds: 'seconds since it landed',
  }),
};

export type Metric = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

/** All metrics of one range, as an answer has them. */
export type Metrics = { [Name in Metric]: Values<(typeof METRICS)[Name]['columns']> };

export const BUCKETS = ['day', 'week', 'month'] as const;

export type Bucket = (typeof BUCKETS)[number];
