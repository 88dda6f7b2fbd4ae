import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, line } from '../layout.js';
import { barChart } from '../panels/bar-chart.js';
import { stat } from '../panels/stat.js';
import { table } from '../panels/table.js';
import { stacked } from '../panels/trend.js';
import { from, NOW_CHOSEN, RANGE_ALONE, RANGE_CUT, SELECTION, Sql } from '../sql.js';
import { bucket, environment, metric, pipeline } from '../variables.js';

const coverage = (subject: string, title: string, description: string, empty: string) =>
  stat({
    title,
    description,
    unit: 'percentunit',
    query: new Sql(
      `SELECT\n  m.share AS "${title.toLowerCase()}",\n  m.candidates AS count\n${from('coverage', SELECTION)}\nWHERE m.subject = '${subject}'`,
    ),
    empty,
  });

const COVERAGE = [
  coverage(
    'changes_deployed',
    'Changes with a deployment',
    'Of the changes that landed in the range, those that some deployment is known to have carried.',
    'No change landed in this range',
  ),
  coverage(
    'incidents_linked',
    'Incidents with a cause',
    'Of the incidents opened in the range, those that were linked to the deployment that caused them.',
    'No incident in this range',
  ),
  coverage(
    'events_timed',
    'Events with a time',
    'Of the events of the range, those whose sender said when they happened; of the others it is the time of receipt.',
    'No event in this range',
  ),
];

const DELIVERIES = `SELECT
  m.bucket_start AS time,
  m.recorded,
  m.ignored,
  m.refused,
  m.failed,
  m.undecided
${from('delivery_outcomes', RANGE_CUT)}
ORDER BY time`;

const REASONS = `SELECT m.source, m.outcome, m.reason, m.deliveries, m.last_at AS "last"
${from('delivery_reasons', RANGE_ALONE)}
ORDER BY m.deliveries DESC, m.source, m.outcome, m.reason`;

const ACTIVITY = `SELECT
  m.pipeline_id AS pipeline,
  m.events,
  m.last_event_at AS "last event",
  m.last_deployment_at AS "last deployment",
  m.seconds_without_deployment AS "without deployment for"
${from('pipeline_activity', NOW_CHOSEN)}
ORDER BY m.last_event_at, pipeline`;

const leftOut = () =>
  barChart({
    title: 'Left out of $metric, by reason',
    description:
      'Rows that this metric does not count, each for one reason. The rows themselves: GET /dora/explain?metric=$metric.',
    unit: 'none',
    query: new Sql(
      `SELECT m.reason, m.rows\n${from('left_out', [`metric => '$metric'`, ...SELECTION])}\nORDER BY m.rows DESC, m.reason`,
    ),
    empty: 'Nothing is left out',
  });

export const dataQuality = (): Dashboard =>
  dashboard({
    uid: 'devopstic-data-quality',
    title: 'Data quality',
    description: 'How far the numbers can be trusted: what is known, what is missing and what was refused.',
    last: '90d',
    variables: [pipeline(), environment(), bucket(), metric()],
    annotated: false,
    sections: [
      { title: 'Coverage', lines: [line(5, COVERAGE)] },
      {
        title: 'What is not counted, and who is silent',
        lines: [
          line(9, [
            leftOut(),
            table({
              title: 'Last event per pipeline',
              description: 'The one that has been silent for longest first.',
              query: new Sql(ACTIVITY),
              units: { 'last event': 'dateTimeFromNow', 'without deployment for': 's' },
              empty: 'No pipeline yet: send a first event',
            }),
          ]),
        ],
      },
      {
        title: 'Webhook deliveries',
        lines: [
          line(9, [
            stacked({
              title: 'Deliveries by outcome',
              description:
                'Webhook requests received, by what became of them. Those with a wrong signature are not kept: see Service health.',
              unit: 'none',
              query: new Sql(DELIVERIES),
              empty: 'No delivery in this range',
            }),
            table({
              title: 'Not recorded, by reason',
              description:
                'Ignored ones are of no use to us; refused and failed ones need a look: GET /webhook-deliveries.',
              query: new Sql(REASONS),
              units: { last: 'dateTimeFromNow' },
              empty: 'Every delivery of this range was recorded',
            }),
          ]),
        ],
      },
    ],
  });
