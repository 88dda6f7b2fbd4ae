-- Time to restore: incidents resolved in range, and beside them those open at its end. An incident may name an
-- environment that nothing was ever deployed to, so each is asked whether its own is selected.
CREATE FUNCTION reporting.restored_incidents(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (pipeline_id text, incident_id text, resolved_at timestamptz, restore_seconds double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT i.pipeline_id, i.incident_id, i.resolved_at, extract(epoch FROM i.resolved_at - i.opened_at)::double precision
  FROM reporting.incidents AS i
  WHERE (pipelines IS NULL OR i.pipeline_id = ANY (pipelines))
    AND CASE WHEN environments IS NULL THEN i.production ELSE i.environment = ANY (environments) END
    AND i.resolved_at >= range_start AND i.resolved_at < range_end
$$;

-- Incidents open at some instant from `since` to the end of the range.
CREATE FUNCTION reporting.open_incidents(
  pipelines text[], environments text[], since timestamptz, range_end timestamptz)
RETURNS TABLE (pipeline_id text, incident_id text, opened_at timestamptz, resolved_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT i.pipeline_id, i.incident_id, i.opened_at, i.resolved_at
  FROM reporting.incidents AS i
  WHERE (pipelines IS NULL OR i.pipeline_id = ANY (pipelines))
    AND CASE WHEN environments IS NULL THEN i.production ELSE i.environment = ANY (environments) END
    AND i.opened_at < range_end
    AND (i.resolved_at IS NULL OR i.resolved_at >= since)
$$;

CREATE FUNCTION reporting.time_to_restore(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023')
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, open integer, mean double precision, median double precision, p90 double precision,
  level text, level_reason text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    t.pipeline_id, t.bucket_start, t.bucket_end,
    (t.restored).count, COALESCE(o.incidents, 0)::integer,
    (t.restored).mean, (t.restored).median, (t.restored).p90,
    reporting.level(benchmark, 'recovery', (t.restored).median, (t.restored).count),
    reporting.level_reason((t.restored).count)
  FROM (
    SELECT
      c.pipeline_id, c.bucket_number, c.bucket_start, c.bucket_end,
      reporting.statistics(i.restore_seconds) AS restored
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.restored_incidents(pipelines, environments, range_start, range_end) AS i
      ON c.bucket_number =
        width_bucket(i.resolved_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket)))
      AND c.pipeline_id = CASE WHEN by_pipeline THEN i.pipeline_id ELSE '' END
    GROUP BY c.pipeline_id, c.bucket_number, c.bucket_start, c.bucket_end
    OFFSET 0
  ) AS t
  LEFT JOIN (
    SELECT
      CASE WHEN by_pipeline THEN i.pipeline_id ELSE '' END AS pipeline_id,
      s.bucket_number,
      count(*) AS incidents
    FROM (SELECT (SELECT reporting.bucket_ends(range_start, range_end, time_zone, bucket)) AS ends) AS b
    CROSS JOIN LATERAL reporting.open_incidents(pipelines, environments, b.ends[1], range_end) AS i
    CROSS JOIN LATERAL reporting.standing(i.opened_at, i.resolved_at, b.ends) AS s (bucket_number)
    GROUP BY 1, 2
  ) AS o ON o.pipeline_id = t.pipeline_id AND o.bucket_number = t.bucket_number
$$;
