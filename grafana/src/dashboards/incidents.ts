import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, line } from '../layout.js';
import { metricOf } from '../metrics.js';
import { barChart } from '../panels/bar-chart.js';
import { metricStatInFull, metricTrend } from '../panels/metric.js';
import { stat } from '../panels/stat.js';
import { table } from '../panels/table.js';
import { stacked } from '../panels/trend.js';
import { cut, from, SELECTION, Sql, TOTAL } from '../sql.js';
import { benchmark, bucket, environment, pipeline } from '../variables.js';

const CHANGE_FAILURE_RATE = metricOf('change_failure_rate');
const TIME_TO_RESTORE = metricOf('time_to_restore');
const RECOVERY_TIME = metricOf('failed_deployment_recovery_time');

const NONE = 'No incident in this range';
const NO_FAILURE = 'No failed deployment in this range';

const standing = () =>
  stat({
    title: 'Open and unrecovered',
    description: 'Incidents open at the end of the range, and failed deployments of the range that are not recovered.',
    unit: 'none',
    query: new Sql(`SELECT m.open AS "open incidents"\n${from('time_to_restore', TOTAL)}`),
    empty: '0',
  }).withTarget(
    new Sql(
      `SELECT m.unrecovered AS "unrecovered deployments"\n${from('failed_deployment_recovery_time', TOTAL)}`,
    ).refId('B'),
  );

const causes = () =>
  barChart({
    title: 'How causes were found',
    description:
      'Incidents opened in the range: explicit, the sender named the deployment or commit; window, the last deployment before it; none, no cause known.',
    unit: 'none',
    query: new Sql(
      `SELECT\n  m.cause_method AS "found by",\n  m.incidents\n${from('incident_causes', SELECTION)}\nORDER BY m.cause_method`,
    ),
    empty: NONE,
  });

const reasons = () =>
  stacked({
    title: 'Failed deployments by reason',
    description: 'A deployment may fail for several reasons and then counts for each of them here.',
    unit: 'none',
    query: new Sql(`SELECT
  m.bucket_start AS time,
  (m.failed_by).status AS "reported as failed",
  (m.failed_by).incident AS "caused an incident",
  (m.failed_by).rollback AS "rolled back"
${from('change_failure_rate', cut())}
ORDER BY time`),
    empty: NO_FAILURE,
  });

const INCIDENTS = `SELECT
  m.opened_at AS opened,
  m.pipeline_id AS pipeline,
  m.environment,
  m.incident_id AS incident,
  m.state,
  m.restore_seconds AS "time to restore",
  m.open_seconds AS "open for",
  m.cause_method AS "cause found by",
  m.cause_deployment_id AS "caused by",
  m.url AS link
${from('listed_incidents', SELECTION)}
ORDER BY m.opened_at DESC, m.incident_id
LIMIT 500`;

const FAILED = `SELECT
  m.at AS "when",
  m.pipeline_id AS pipeline,
  m.environment,
  m.deployment_id AS deployment,
  m.status,
  m.failed_by AS "failed by",
  m.recovery_seconds AS recovery,
  m.commit_id AS commit,
  m.url AS link
${from('listed_deployments', SELECTION)}
WHERE m.failed_by IS NOT NULL
ORDER BY m.at DESC, m.deployment_id DESC
LIMIT 500`;

export const incidents = (): Dashboard =>
  dashboard({
    uid: 'devopstic-incidents',
    title: 'Incidents & failures',
    description: 'What broke, what caused it and how long it took to mend.',
    last: '90d',
    variables: [pipeline(), environment(), bucket(), benchmark()],
    annotated: true,
    sections: [
      {
        lines: [
          line(7, [
            standing(),
            ...[CHANGE_FAILURE_RATE, TIME_TO_RESTORE, RECOVERY_TIME].map((one) => metricStatInFull(one)),
          ]),
          line(8, [causes(), reasons()], [8, 16]),
        ],
      },
      { title: 'Recovery', lines: [line(8, [metricTrend(TIME_TO_RESTORE), metricTrend(RECOVERY_TIME)])] },
      {
        title: 'Data',
        lines: [
          line(9, [
            table({
              title: 'Incidents',
              description: 'Every incident that was open at some time of the range, the newest 500.',
              query: new Sql(INCIDENTS),
              units: { 'time to restore': 's', 'open for': 's' },
              empty: NONE,
            }),
          ]),
          line(9, [
            table({
              title: 'Failed deployments',
              description: 'The newest 500 of the range, and how long each took to recover from.',
              query: new Sql(FAILED),
              units: { recovery: 's' },
              empty: NO_FAILURE,
            }),
          ]),
        ],
      },
    ],
  });
