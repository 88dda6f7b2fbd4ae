import { TableCellDisplayMode, VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import type { Dashboard, DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, line } from '../layout.js';
import { LEAD_TIME, metricOf, trendsByPipeline } from '../metrics.js';
import { table } from '../panels/table.js';
import { trend } from '../panels/trend.js';
import { from, JUDGED, Sql } from '../sql.js';
import { benchmark, bucket, environment, pipeline } from '../variables.js';

const FREQUENCY = metricOf('deployment_frequency');

const COMPARED = `SELECT
  m.pipeline_id AS pipeline,
  m.per_day AS "deployments a day",
  m.per_day_level AS "frequency level",
  m.commit_to_deploy_median AS "lead time",
  m.lead_time_level AS "lead time level",
  m.change_failure_rate AS failed,
  m.change_failure_rate_level AS "failed level",
  m.recovery_median AS recovery,
  m.recovery_level AS "recovery level",
  m.open_incidents AS "open incidents",
  m.waiting
${from('compared_pipelines', JUDGED)}
ORDER BY pipeline`;

/** Drawn across buckets without a value, and seen even if there is but one. */
const SPARKLINE = {
  type: TableCellDisplayMode.Sparkline,
  hideValue: true,
  spanNulls: true,
  showPoints: VisibilityMode.Always,
  pointSize: 3,
};

/** A series is called by its pipeline alone, and so has the same colour everywhere. */
const NAME = '${__field.labels.pipeline}';

const sparkline = (name: string, unit: string): DynamicConfigValue[] => [
  { id: 'displayName', value: name },
  { id: 'unit', value: unit },
  { id: 'custom.cellOptions', value: SPARKLINE },
];

/** Each trend becomes a cell of its pipeline's row. */
const compared = () =>
  table({
    title: 'Pipelines compared',
    description:
      'One row a pipeline, sorted by any column; levels by $benchmark. The name leads to its own dashboard. Lead time is the median from commit to deployment, recovery that of failed deployments.',
    query: new Sql(COMPARED),
    units: { 'lead time': 's', failed: 'percentunit', recovery: 's' },
    empty: 'No pipeline yet: send a first event',
  })
    .withTarget(trendsByPipeline(FREQUENCY).refId('B'))
    .withTarget(trendsByPipeline(LEAD_TIME).refId('C'))
    .overrideByName('deployments a day', [{ id: 'decimals', value: 2 }])
    .overrideByName('Trend #B', sparkline('frequency trend', 'suffix: a day'))
    .overrideByName('Trend #C', sparkline('lead time trend', 's'))
    .transformations([
      { id: 'timeSeriesTable', options: {} },
      { id: 'joinByField', options: { byField: 'pipeline', mode: 'outer' } },
    ]);

export const pipelines = (): Dashboard =>
  dashboard({
    uid: 'devopstic-pipelines',
    title: 'Pipelines compared',
    description: 'Which pipeline delivers how often, how fast and how well.',
    last: '90d',
    variables: [pipeline(), environment(), bucket(), benchmark()],
    annotated: false,
    sections: [
      { lines: [line(14, [compared()])] },
      {
        lines: [
          line(8, [
            trend({
              title: 'Deployments a day, by pipeline',
              description: 'Successful deployments by the days of each $bucket.',
              unit: 'suffix: a day',
              query: trendsByPipeline(FREQUENCY),
              empty: 'No pipeline yet',
            }).displayName(NAME),
            trend({
              title: 'Lead time, by pipeline',
              description: 'Median from commit to deployment in each $bucket.',
              unit: 's',
              query: trendsByPipeline(LEAD_TIME),
              empty: 'No pipeline yet',
            }).displayName(NAME),
          ]),
        ],
      },
    ],
  });
