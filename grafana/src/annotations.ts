import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { AnnotationQueryBuilder, type AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard';
import { POSTGRES } from './data-sources.js';
import { from, SELECTION, Sql } from './sql.js';

const FAILED = `SELECT
  m.at AS time,
  format('%s to %s failed', m.pipeline_id, m.environment) AS title,
  format('Deployment %s of commit %s (%s)', m.deployment_id, m.commit_id, m.failed_by) AS text,
  m.failed_by AS tags
${from('listed_deployments', SELECTION)}
WHERE m.failed_by IS NOT NULL
ORDER BY time`;

const INCIDENTS = `SELECT
  m.opened_at AS time,
  m.resolved_at AS timeend,
  format('Incident %s', m.incident_id) AS title,
  format('%s, %s: %s', m.pipeline_id, m.environment, m.state) AS text,
  m.state AS tags
${from('listed_incidents', SELECTION)}
ORDER BY time`;

export const failedDeployments = (): Builder<AnnotationQuery> => annotation('Failed deployments', 'red', FAILED);

export const incidents = (): Builder<AnnotationQuery> => annotation('Incidents', 'orange', INCIDENTS);

function annotation(name: string, colour: string, sql: string): Builder<AnnotationQuery> {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(POSTGRES)
    .enable(true)
    .hide(false)
    .iconColor(colour)
    .target(new Sql(sql).refId('Anno'));
}
