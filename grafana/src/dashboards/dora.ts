import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, line } from '../layout.js';
import { CHANGE_FAILURE_RATE, DEPLOYMENT_FREQUENCY, LEAD_TIME, RECOVERY_TIME, REWORK_RATE } from '../metrics.js';
import { markedTrend, metricStatInFull } from '../panels/metric.js';
import { table } from '../panels/table.js';
import { Sql } from '../sql.js';
import { benchmark, environment, pipeline } from '../variables.js';

const METRICS = [DEPLOYMENT_FREQUENCY, LEAD_TIME, CHANGE_FAILURE_RATE, RECOVERY_TIME, REWORK_RATE];
const THROUGHPUT = [DEPLOYMENT_FREQUENCY, LEAD_TIME];
const STABILITY = [CHANGE_FAILURE_RATE, RECOVERY_TIME, REWORK_RATE];

const BENCHMARK = `SELECT b.metric, b.level, b.comparison AS "value is", b.bound, b.source, b.year
FROM reporting.benchmarks AS b
WHERE b.name = '$benchmark'
ORDER BY b.metric, b.rank`;

export const dora = (): Dashboard =>
  dashboard({
    uid: 'devopstic-dora',
    title: 'DORA',
    description: 'The five current metrics of DORA, with the levels of a named benchmark.',
    last: '180d',
    variables: [pipeline(), environment(), benchmark()],
    annotated: true,
    sections: [
      {
        title: 'The range as a whole',
        lines: [
          line(
            8,
            METRICS.map((metric) => metricStatInFull(metric)),
            [5, 5, 5, 5, 4],
          ),
        ],
      },
      {
        title: 'By week',
        lines: [
          line(
            7,
            THROUGHPUT.map((metric) => markedTrend(metric, 'week')),
          ),
          line(
            7,
            STABILITY.map((metric) => markedTrend(metric, 'week')),
          ),
        ],
      },
      {
        title: 'By month',
        lines: [
          line(
            7,
            THROUGHPUT.map((metric) => markedTrend(metric, 'month')),
          ),
          line(
            7,
            STABILITY.map((metric) => markedTrend(metric, 'month')),
          ),
        ],
      },
      {
        title: 'What the levels mean',
        lines: [
          line(8, [
            table({
              title: 'Benchmark $benchmark',
              description:
                'The best level whose bound a value keeps is its level: deployments a day, seconds, or a share of 1. Fewer than five values are not judged.',
              query: new Sql(BENCHMARK),
              empty: 'No such benchmark',
            }),
          ]),
        ],
      },
    ],
  });
