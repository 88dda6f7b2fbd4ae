-- Explain of time to restore: every incident.
CREATE FUNCTION reporting.time_to_restore_explained(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    r.incident_id IS NOT NULL,
    CASE
      WHEN r.incident_id IS NOT NULL THEN NULL
      WHEN NOT reporting.is_selected(i.environment, i.production, environments)
        THEN 'not_production'
      WHEN o.incident_id IS NOT NULL THEN 'open'
      ELSE 'out_of_range'
    END,
    r.restore_seconds,
    'incident', i.pipeline_id, i.environment, i.cause_deployment_id, NULL, i.incident_id, i.state,
    COALESCE(i.resolved_at, i.opened_at),
    NULL::text[], NULL::double precision, NULL::double precision, NULL::double precision, i.url
  FROM reporting.incidents AS i
  LEFT JOIN reporting.restored_incidents(pipelines, environments, range_start, range_end) AS r
    ON r.pipeline_id = i.pipeline_id AND r.incident_id = i.incident_id
  LEFT JOIN reporting.open_incidents(pipelines, environments, range_end, range_end) AS o
    ON o.pipeline_id = i.pipeline_id AND o.incident_id = i.incident_id
  WHERE pipelines IS NULL OR i.pipeline_id = ANY (pipelines)
$$;
