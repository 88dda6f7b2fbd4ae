-- The environments that were asked for; none: those that count as production.
CREATE FUNCTION reporting.selected_environments(pipelines text[], environments text[])
RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT COALESCE(environments, ARRAY(
    SELECT e.environment
    -- Names first: there are few, and as many rows as pipelines.
    FROM (
      SELECT DISTINCT e.environment
      FROM reporting.environments AS e
      WHERE pipelines IS NULL OR e.pipeline_id = ANY (pipelines)
    ) AS e
    WHERE e.environment ~* (SELECT s.production_environments FROM reporting.settings AS s)))
$$;

-- Whether an environment is among those, which may be one that nothing was ever deployed to.
CREATE FUNCTION reporting.is_selected(environment text, production boolean, environments text[])
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN environments IS NULL THEN production ELSE environment = ANY (environments) END $$;

-- Deployments that succeeded or failed in range: what deployment frequency, change failure rate, recovery and rework
-- count. One scan of deployments_finished_idx, which holds every column.
CREATE FUNCTION reporting.finished_deployments(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (
  pipeline_id text, environment text, deployment_id text, finished_at timestamptz, successful boolean,
  failed_by text[], rework boolean, recovery_seconds double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status = 'success',
    d.failed_by, d.rework, d.recovery_seconds
  FROM reporting.deployments AS d
  WHERE (pipelines IS NULL OR d.pipeline_id = ANY (pipelines))
    AND d.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
    AND d.finished_at >= range_start AND d.finished_at < range_end
    AND d.status IN ('success', 'failure')
$$;

-- The same as numbers, which add up.
CREATE FUNCTION reporting.counted_deployments(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (
  pipeline_id text, environment text, finished_at timestamptz, deployments integer, successful integer, failed integer,
  failed_by_status integer, failed_by_incident integer, failed_by_rollback integer, rework integer)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    d.pipeline_id, d.environment, d.finished_at, 1, d.successful::integer, (d.failed_by <> '{}')::integer,
    ('status' = ANY (d.failed_by))::integer, ('incident' = ANY (d.failed_by))::integer,
    ('rollback' = ANY (d.failed_by))::integer, d.rework::integer
  FROM reporting.finished_deployments(pipelines, environments, range_start, range_end) AS d
$$;
