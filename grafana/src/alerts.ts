import { QueryBuilder, RuleBuilder, type Rule } from '@grafana/grafana-foundation-sdk/alerting';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { TypeThresholdBuilder } from '@grafana/grafana-foundation-sdk/expr';
import { POSTGRES } from './data-sources.js';
import { Sql } from './sql.js';

const FOLDER = 'DevOpstic';
const EXPRESSIONS = '__expr__';
const DAY = 86_400;

interface Alert {
  uid: string;
  title: string;
  summary: string;
  /** Rows of names, which become labels, and one number. */
  sql: string;
  above: number;
}

/** Production only, up to now: a rule has no choices and no range of a dashboard. */
const LAST_30_DAYS = `range_start => now() - interval '30 days', range_end => now()`;

const ALERTS: Alert[] = [
  {
    uid: 'devopstic-failure-rate',
    title: 'Change failure rate over 15 %',
    summary: 'More than 15 % of the deployments of {{ $labels.pipeline }} in the last 30 days failed.',
    sql: `SELECT m.pipeline_id AS pipeline, m.rate
FROM reporting.change_failure_rate(
  pipelines => NULL, environments => NULL, ${LAST_30_DAYS}, by_pipeline => true
) AS m
WHERE m.rate IS NOT NULL AND m.level_reason IS NULL`,
    above: 0.15,
  },
  {
    // One retired is not missed for ever, and one that never was deployed is not missed at all.
    uid: 'devopstic-no-deployment',
    title: 'No deployment for 7 days',
    summary: '{{ $labels.pipeline }} was last deployed more than 7 days ago.',
    sql: `SELECT m.pipeline_id AS pipeline, m.seconds_without_deployment AS seconds
FROM reporting.pipeline_activity(pipelines => NULL, environments => NULL, now => now()) AS m
WHERE m.last_deployment_at > now() - interval '90 days'`,
    above: 7 * DAY,
  },
  {
    uid: 'devopstic-open-incident',
    title: 'Incident open for more than 24 hours',
    summary: 'Incident {{ $labels.incident }} of {{ $labels.pipeline }} has been open for more than 24 hours.',
    sql: `SELECT m.pipeline_id AS pipeline, m.incident_id AS incident, m.open_seconds AS seconds
FROM reporting.listed_incidents(
  pipelines => NULL, environments => NULL, range_start => now(), range_end => now()
) AS m
WHERE m.open_seconds IS NOT NULL`,
    above: DAY,
  },
];

const query = (refId: string, datasourceUid: string, model: Builder<Dataquery>): QueryBuilder =>
  new QueryBuilder(refId).datasourceUid(datasourceUid).relativeTimeRange({ from: 3600, to: 0 }).model(model);

const threshold = (above: number): Builder<Dataquery> =>
  new TypeThresholdBuilder()
    .refId('B')
    .datasource({ type: EXPRESSIONS, uid: EXPRESSIONS })
    .expression('A')
    .conditions([{ evaluator: { type: 'gt', params: [above] } }]);

/** Paused: whoever wants a rule switches it on, by `isPaused` in a copy of the file. */
function rule({ uid, title, summary, sql, above }: Alert): Rule {
  return new RuleBuilder(title)
    .uid(uid)
    .isPaused(true)
    .condition('B')
    .withQuery(query('A', POSTGRES.uid ?? '', new Sql(sql)))
    .withQuery(query('B', EXPRESSIONS, threshold(above)))
    .forDuration('15m')
    .noDataState('OK')
    .execErrState('Error')
    .annotations({ summary })
    .labels({ service: 'devopstic' })
    .build();
}

/** The file format of Grafana's alert provisioning, which names the folder and the group outside of the rules. */
export const alerts = (): object => ({
  apiVersion: 1,
  groups: [
    {
      orgId: 1,
      name: 'DevOpstic',
      folder: FOLDER,
      interval: '5m',
      rules: ALERTS.map((alert) => {
        const { orgID: _organisation, folderUID: _folder, ruleGroup: _group, ...rest } = rule(alert);
        return rest;
      }),
    },
  ],
});
