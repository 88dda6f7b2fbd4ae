-- Explain, for what counts deployments: every deployment of the pipelines, and the first reason that keeps it out.
CREATE FUNCTION reporting.explained_deployments(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (
  used boolean, reason text, pipeline_id text, environment text, deployment_id text, commit_id text, status text,
  at timestamptz, failed_by text[], rework boolean, recovery_seconds double precision, url text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    f.deployment_id IS NOT NULL,
    CASE
      WHEN f.deployment_id IS NOT NULL THEN NULL
      WHEN d.environment <> ALL ((SELECT reporting.selected_environments(pipelines, environments))::text[])
        THEN 'not_production'
      WHEN d.status = 'in_progress' THEN 'in_progress'
      WHEN d.finished_at < range_start OR d.finished_at >= range_end THEN 'out_of_range'
      WHEN d.status = 'canceled' THEN 'canceled'
    END,
    d.pipeline_id, d.environment, d.deployment_id, d.commit_id, d.status,
    COALESCE(d.finished_at, d.started_at), d.failed_by, d.rework, d.recovery_seconds, d.url
  FROM reporting.deployments AS d
  LEFT JOIN reporting.finished_deployments(pipelines, environments, range_start, range_end) AS f
    ON f.pipeline_id = d.pipeline_id AND f.environment = d.environment AND f.deployment_id = d.deployment_id
  WHERE pipelines IS NULL OR d.pipeline_id = ANY (pipelines)
$$;

-- Incidents that no deployment is known to have caused: had they a cause, it would count as failed.
CREATE FUNCTION reporting.unlinked_incidents(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    false,
    CASE
      WHEN NOT reporting.is_selected(i.environment, i.production, environments)
        THEN 'not_production'
      WHEN i.opened_at < range_start OR i.opened_at >= range_end THEN 'out_of_range'
      ELSE 'unlinked'
    END,
    NULL::double precision, 'incident', i.pipeline_id, i.environment, NULL, NULL, i.incident_id, i.state, i.opened_at,
    NULL::text[], NULL::double precision, NULL::double precision, NULL::double precision, i.url
  FROM reporting.incidents AS i
  WHERE (pipelines IS NULL OR i.pipeline_id = ANY (pipelines))
    AND i.cause_method = 'none'
$$;

-- Successful deployments; one that failed is a `failure`.
CREATE FUNCTION reporting.deployment_frequency_explained(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    d.used AND d.status = 'success',
    CASE WHEN d.used AND d.status = 'failure' THEN 'failure' ELSE d.reason END,
    CASE WHEN d.used AND d.status = 'success' THEN 1::double precision END,
    'deployment', d.pipeline_id, d.environment, d.deployment_id, d.commit_id, NULL, d.status, d.at,
    d.failed_by, NULL::double precision, NULL::double precision, NULL::double precision, d.url
  FROM reporting.explained_deployments(pipelines, environments, range_start, range_end) AS d
$$;

CREATE FUNCTION reporting.change_failure_rate_explained(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    d.used, d.reason, CASE WHEN d.used THEN (d.failed_by <> '{}')::integer::double precision END,
    'deployment', d.pipeline_id, d.environment, d.deployment_id, d.commit_id, NULL, d.status, d.at,
    d.failed_by, NULL::double precision, NULL::double precision, NULL::double precision, d.url
  FROM reporting.explained_deployments(pipelines, environments, range_start, range_end) AS d
  UNION ALL
  SELECT i.*
  FROM reporting.unlinked_incidents(pipelines, environments, range_start, range_end) AS i
$$;

-- Of failed deployments only; one that is not recovered yet is `open`.
CREATE FUNCTION reporting.failed_deployment_recovery_time_explained(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    d.used AND d.recovery_seconds IS NOT NULL,
    CASE WHEN d.used AND d.recovery_seconds IS NULL THEN 'open' ELSE d.reason END,
    CASE WHEN d.used THEN d.recovery_seconds END,
    'deployment', d.pipeline_id, d.environment, d.deployment_id, d.commit_id, NULL, d.status, d.at,
    d.failed_by, NULL::double precision, NULL::double precision, NULL::double precision, d.url
  FROM reporting.explained_deployments(pipelines, environments, range_start, range_end) AS d
  WHERE d.failed_by <> '{}'
  UNION ALL
  SELECT i.*
  FROM reporting.unlinked_incidents(pipelines, environments, range_start, range_end) AS i
$$;

CREATE FUNCTION reporting.rework_rate_explained(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    d.used, d.reason, CASE WHEN d.used THEN d.rework::integer::double precision END,
    'deployment', d.pipeline_id, d.environment, d.deployment_id, d.commit_id, NULL, d.status, d.at,
    d.failed_by, NULL::double precision, NULL::double precision, NULL::double precision, d.url
  FROM reporting.explained_deployments(pipelines, environments, range_start, range_end) AS d
$$;
