-- One row a deployment, by when it finished, or started if it has not finished: what lists of deployments show.
CREATE FUNCTION reporting.listed_deployments(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (
  at timestamptz, pipeline_id text, environment text, deployment_id text, commit_id text, status text, failed_by text,
  kind text, changes integer, recovery_seconds double precision, url text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    COALESCE(d.finished_at, d.started_at), d.pipeline_id, d.environment, d.deployment_id, d.commit_id, d.status,
    NULLIF(array_to_string(d.failed_by, ', '), ''),
    CASE WHEN d.rollback THEN 'rollback' WHEN d.rework THEN 'rework' END,
    (
      SELECT count(*)::integer
      FROM reporting.deployment_changes AS x
      WHERE x.pipeline_id = d.pipeline_id AND x.environment = d.environment
        AND x.finished_at = d.finished_at AND x.deployment_id = d.deployment_id
    ),
    d.recovery_seconds, d.url
  FROM reporting.deployments AS d
  WHERE (pipelines IS NULL OR d.pipeline_id = ANY (pipelines))
    AND d.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
    AND (d.finished_at >= range_start AND d.finished_at < range_end
      OR d.finished_at IS NULL AND d.started_at >= range_start AND d.started_at < range_end)
$$;

-- When each pipeline was last heard of and last deployed with success, and how long ago the latter was.
CREATE FUNCTION reporting.pipeline_activity(pipelines text[], environments text[], now timestamptz)
RETURNS TABLE (
  pipeline_id text, events bigint, first_event_at timestamptz, last_event_at timestamptz,
  last_deployment_at timestamptz, seconds_without_deployment double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    p.pipeline_id, p.events, p.first_event_at, p.last_event_at, latest.finished_at,
    extract(epoch FROM now - latest.finished_at)::double precision
  FROM reporting.pipelines AS p
  CROSS JOIN LATERAL (
    SELECT max(d.finished_at) AS finished_at
    FROM reporting.deployments AS d
    WHERE d.pipeline_id = p.pipeline_id
      AND d.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
      AND d.finished_at < pipeline_activity.now
      AND d.status = 'success'
  ) AS latest
  WHERE pipelines IS NULL OR p.pipeline_id = ANY (pipelines)
$$;
