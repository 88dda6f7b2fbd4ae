import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { METRIC_NAMES, METRICS } from '../../../src/metrics/catalogue/metrics.js';
import { dashboard, line } from '../layout.js';
import { LEAD_TIME, type Metric, metricOf } from '../metrics.js';
import { markedTrend, metricStatInFull } from '../panels/metric.js';
import { table } from '../panels/table.js';
import { Sql } from '../sql.js';
import { benchmark, environment, pipeline } from '../variables.js';

function doras(...kinds: ('throughput' | 'stability')[]): Metric[] {
  const names = METRIC_NAMES.filter((name) => kinds.some((kind) => kind === METRICS[name].dora));
  return names.map((name) => (name === 'lead_time' ? LEAD_TIME : metricOf(name)));
}

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
            doras('throughput', 'stability').map((metric) => metricStatInFull(metric)),
            [5, 5, 5, 5, 4],
          ),
        ],
      },
      {
        title: 'By week',
        lines: [
          line(
            7,
            doras('throughput').map((metric) => markedTrend(metric, 'week')),
          ),
          line(
            7,
            doras('stability').map((metric) => markedTrend(metric, 'week')),
          ),
        ],
      },
      {
        title: 'By month',
        lines: [
          line(
            7,
            doras('throughput').map((metric) => markedTrend(metric, 'month')),
          ),
          line(
            7,
            doras('stability').map((metric) => markedTrend(metric, 'month')),
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
