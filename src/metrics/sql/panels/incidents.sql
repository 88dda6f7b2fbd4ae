-- The incidents that were open at some instant of the range, one row each.
CREATE FUNCTION reporting.listed_incidents(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (
  opened_at timestamptz, resolved_at timestamptz, pipeline_id text, environment text, incident_id text, state text,
  restore_seconds double precision, open_seconds double precision, cause_method text, cause_deployment_id text,
  url text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    i.opened_at, i.resolved_at, i.pipeline_id, i.environment, i.incident_id, i.state,
    extract(epoch FROM i.resolved_at - i.opened_at)::double precision,
    CASE WHEN i.resolved_at IS NULL OR i.resolved_at >= range_end
      THEN extract(epoch FROM range_end - i.opened_at)::double precision END,
    i.cause_method, i.cause_deployment_id, i.url
  FROM reporting.open_incidents(pipelines, environments, range_start, range_end) AS o
  JOIN reporting.incidents AS i ON i.pipeline_id = o.pipeline_id AND i.incident_id = o.incident_id
$$;

-- How the incidents opened in range were linked to the deployment that caused them.
CREATE FUNCTION reporting.incident_causes(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (cause_method text, incidents integer)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT i.cause_method, count(*)::integer
  FROM reporting.listed_incidents(pipelines, environments, range_start, range_end) AS i
  WHERE i.opened_at >= range_start
  GROUP BY i.cause_method
$$;
