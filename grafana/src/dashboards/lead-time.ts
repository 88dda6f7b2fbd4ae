import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Histogram } from '@grafana/grafana-foundation-sdk/histogram';
import { POSTGRES } from '../data-sources.js';
import { dashboard, line } from '../layout.js';
import { stat } from '../panels/stat.js';
import { table } from '../panels/table.js';
import { bars, legend, trend } from '../panels/trend.js';
import { cut, from, SELECTION, Sql, TOTAL, UNTIL_CHOSEN } from '../sql.js';
import { bucket, environment, pipeline } from '../variables.js';

const NONE = 'No change deployed in this range';
const NOTHING_WAITS = 'Nothing waits: all that landed is deployed';

const distribution = () =>
  new Histogram()
    .title('Distribution')
    .description('How many changes took how long from submitted for review to deployed.')
    .datasource(POSTGRES)
    .withTarget(new Sql(`SELECT m.total_seconds AS "lead time"\n${from('listed_changes', SELECTION)}`))
    .unit('s')
    .noValue(NONE)
    .bucketCount(30)
    .fillOpacity(60)
    .legend(legend());

const parts = () =>
  trend({
    title: 'Review and deployment',
    description: 'Medians of the two parts of the lead time in each $bucket. Medians of parts do not add up.',
    unit: 's',
    query: new Sql(`SELECT
  m.bucket_start AS time,
  (m.review).median AS "review",
  (m.deployment).median AS "deployment",
  (m.total).median AS "total"
${from('lead_time', cut())}
WHERE m.count > 0
ORDER BY time`),
    empty: NONE,
  });

const SLOWEST = `SELECT
  m.total_seconds AS total,
  m.review_seconds AS review,
  m.deployment_seconds AS deployment,
  m.pipeline_id AS pipeline,
  m.environment,
  m.commit_id AS commit,
  m.finished_at AS deployed,
  m.url AS link
${from('listed_changes', SELECTION)}
ORDER BY m.total_seconds DESC, m.commit_id
LIMIT 50`;

const WAITING = `SELECT
  m.waiting_seconds AS waiting,
  m.pipeline_id AS pipeline,
  m.commit_id AS commit,
  m.landed_at AS landed,
  m.url AS link
${from('listed_waiting_changes', UNTIL_CHOSEN)}
ORDER BY m.waiting_seconds DESC, m.commit_id
LIMIT 50`;

const waiting = (name: string, column: string, unit: string, title: string, description: string) =>
  stat({
    title,
    description,
    unit,
    query: new Sql(`SELECT ${column} AS "${name}"\n${from('work_waiting', TOTAL)}`),
    empty: NOTHING_WAITS,
  });

export const leadTime = (): Dashboard =>
  dashboard({
    uid: 'devopstic-lead-time',
    title: 'Lead time in depth',
    description: 'Where the time goes between a commit and its deployment, and what is still waiting.',
    last: '90d',
    variables: [pipeline(), environment(), bucket()],
    annotated: false,
    sections: [
      { title: 'Deployed', lines: [line(9, [distribution(), parts()])] },
      {
        title: 'Slowest',
        lines: [
          line(9, [
            table({
              title: 'Slowest changes',
              description: 'The 50 changes of the range with the longest lead time.',
              query: new Sql(SLOWEST),
              units: { total: 's', review: 's', deployment: 's' },
              empty: NONE,
            }),
          ]),
        ],
      },
      {
        title: 'Work waiting',
        lines: [
          line(
            7,
            [
              waiting(
                'changes',
                'm.count',
                'none',
                'Waiting',
                'Changes landed and not deployed at the end of the range.',
              ),
              waiting('oldest', 'm.oldest', 's', 'The oldest', 'How long the oldest of them has been waiting.'),
              waiting('median', 'm.median', 's', 'Half wait longer than', 'Median of how long they have been waiting.'),
              bars({
                title: 'Waiting over time',
                description: 'Changes landed and not deployed at the end of each $bucket.',
                unit: 'none',
                query: new Sql(
                  `SELECT\n  m.bucket_start AS time,\n  m.count AS "changes"\n${from('work_waiting', cut())}\nORDER BY time`,
                ),
                empty: NOTHING_WAITS,
              }),
            ],
            [4, 4, 4, 12],
          ),
          line(9, [
            table({
              title: 'Waiting changes',
              description: 'The 50 that have been waiting longest.',
              query: new Sql(WAITING),
              units: { waiting: 's' },
              empty: NOTHING_WAITS,
            }),
          ]),
        ],
      },
    ],
  });
