import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, line, type Section } from '../layout.js';
import { LEAD_TIME, leadTimeOf, metricOf } from '../metrics.js';
import { metricStat, metricTrend } from '../panels/metric.js';
import { table } from '../panels/table.js';
import { from, SELECTION, Sql } from '../sql.js';
import { benchmark, bucket, environment, pipeline } from '../variables.js';

const DEPLOYMENT = `SELECT
  m.at AS "when",
  m.pipeline_id AS pipeline,
  m.environment,
  m.status,
  m.failed_by AS "failed by",
  m.kind,
  m.changes,
  m.recovery_seconds AS recovery,
  m.commit_id AS commit,
  m.url AS link
${from('listed_deployments', SELECTION)}
ORDER BY m.at DESC, m.deployment_id DESC`;

const CHANGES = `SELECT
  m.finished_at AS deployed,
  m.pipeline_id AS pipeline,
  m.commit_id AS commit,
  m.submitted_at AS submitted,
  m.approved_at AS approved,
  m.review_seconds AS review,
  m.deployment_seconds AS deployment,
  m.total_seconds AS total,
  m.url AS link
${from('listed_changes', SELECTION)}
ORDER BY m.finished_at DESC, m.commit_id
LIMIT 500`;

const TOTAL = leadTimeOf('total', 'Lead time');
const REVIEW = leadTimeOf('review', 'Review lead time');
const DEPLOYED = leadTimeOf('deployment', 'Deployment lead time');
const PARTS = [TOTAL, REVIEW, DEPLOYED];

const KEY = [metricOf('deployment_frequency'), metricOf('change_failure_rate'), metricOf('time_to_restore')];

const deployments = (title: string, description: string, limit: number) =>
  table({
    title,
    description,
    query: new Sql(`${DEPLOYMENT}\nLIMIT ${limit}`),
    units: { recovery: 's' },
    empty: 'No deployment in this range: send one, or choose a longer range',
  });

const sections: Section[] = [
  { lines: [line(7, [deployments('Latest deployments', 'The last five, with what became of them.', 5)])] },
  {
    title: 'Throughput & stability',
    lines: [
      line(
        4,
        KEY.map((metric) => metricStat(metric)),
      ),
      line(
        7,
        KEY.map((metric) => metricTrend(metric)),
      ),
    ],
  },
  {
    title: 'Lead time',
    lines: [
      line(
        4,
        [LEAD_TIME, ...PARTS].map((metric) => metricStat(metric)),
      ),
      line(7, [metricTrend(LEAD_TIME), metricTrend(TOTAL)]),
      line(7, [metricTrend(REVIEW), metricTrend(DEPLOYED)]),
    ],
  },
  {
    title: 'Data',
    lines: [
      line(9, [deployments('Deployments', 'Every deployment of the range, the newest 500.', 500)]),
      line(9, [
        table({
          title: 'Review lead time per commit',
          description:
            'The changes that were deployed in the range, the newest 500, with the parts of their lead time.',
          query: new Sql(CHANGES),
          units: { review: 's', deployment: 's', total: 's' },
          empty: 'No change deployed in this range',
        }),
      ]),
    ],
  },
];

export const overview = (): Dashboard =>
  dashboard({
    uid: 'devopstic',
    title: 'DevOpstic',
    description: 'What was deployed, how often, how well and how fast.',
    last: '90d',
    variables: [pipeline(), environment(), bucket(), benchmark()],
    annotated: true,
    sections,
  });
