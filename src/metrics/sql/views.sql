-- What may be read by everyone who may read metrics: the facts, and nothing of users, keys and deliveries. A view reads
-- its tables with its owner's rights, so a role that may use this schema alone (Grafana's) can call the functions here,
-- which read these views only, and the planner still sees through all of it.
CREATE VIEW reporting.settings AS
SELECT
  (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = 'production_environments') AS production_environments,
  (SELECT (s.value #>> '{}')::bigint FROM devopstic.settings AS s WHERE s.name = 'rollup_from') AS rollup_from,
  -- Rows of some pipelines are still as other settings had them.
  EXISTS (SELECT FROM devopstic.settings AS s WHERE s.name = 'rebuild_due') AS rebuild_due;

CREATE VIEW reporting.pipelines AS
SELECT p.pipeline_id, p.events, p.first_event_at, p.last_event_at
FROM devopstic.pipelines AS p
-- One whose events were all taken back is none.
WHERE p.events > 0;

CREATE VIEW reporting.environments AS
SELECT
  e.pipeline_id,
  e.environment,
  e.environment ~* (SELECT s.production_environments FROM reporting.settings AS s) AS production,
  e.baseline_finished_at,
  e.baseline_deployment_id
FROM devopstic.environments AS e;

CREATE VIEW reporting.deployments AS
SELECT
  d.pipeline_id, d.environment, d.deployment_id, d.commit_id, d.commits, d.status, d.started_at, d.finished_at,
  d.rollback, d.rework, d.failed_by, d.recovered_at, d.recovery_seconds, d.url
FROM devopstic.deployments AS d;

CREATE VIEW reporting.commits AS
SELECT
  c.pipeline_id, c.commit_id, c.committed_at, c.submitted_at,
  devopstic.approved_at(c.approved_at, c.review_approved_at) AS approved_at,
  c.landed_at, c.alias_of, c.bot, c.outside, c.url
FROM devopstic.commits AS c;

CREATE VIEW reporting.deployment_changes AS
SELECT
  x.pipeline_id, x.environment, x.deployment_id, x.commit_id, x.finished_at, x.left_out, x.bot, x.no_review, x.skewed,
  x.total_seconds, x.review_seconds, x.deployment_seconds, x.commit_to_deploy_seconds
FROM devopstic.deployment_changes AS x;

CREATE VIEW reporting.waiting_for_production AS
SELECT w.pipeline_id, w.commit_id
FROM devopstic.waiting_for_production AS w;

CREATE VIEW reporting.incidents AS
SELECT
  i.pipeline_id, i.incident_id, i.environment,
  i.environment ~* (SELECT s.production_environments FROM reporting.settings AS s) AS production,
  i.state, i.opened_at, i.resolved_at, i.cause_method, i.cause_environment, i.cause_deployment_id, i.url
FROM devopstic.incidents AS i;

CREATE VIEW reporting.benchmarks AS
SELECT b.name, b.metric, b.rank, b.level, b.comparison, b.bound, b.source, b.year
FROM devopstic.benchmarks AS b;
