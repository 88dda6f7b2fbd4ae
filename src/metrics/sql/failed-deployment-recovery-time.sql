-- Failed deployment recovery time: failed deployments finished in range, and how long it took until each was recovered.
CREATE FUNCTION reporting.failed_deployment_recovery_time(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023')
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, unrecovered integer, mean double precision, median double precision, p90 double precision,
  level text, level_reason text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    r.pipeline_id, r.bucket_start, r.bucket_end,
    (r.recovered).count, r.failed - (r.recovered).count,
    (r.recovered).mean, (r.recovered).median, (r.recovered).p90,
    reporting.level(benchmark, 'recovery', (r.recovered).median, (r.recovered).count),
    reporting.level_reason((r.recovered).count)
  FROM (
    SELECT
      c.pipeline_id, c.bucket_start, c.bucket_end,
      count(d.finished_at)::integer AS failed,
      reporting.statistics(d.recovery_seconds) AS recovered
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.finished_deployments(pipelines, environments, range_start, range_end) AS d
      ON c.bucket_number =
        width_bucket(d.finished_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket)))
      AND c.pipeline_id = CASE WHEN by_pipeline THEN d.pipeline_id ELSE '' END
      AND d.failed_by <> '{}'
    GROUP BY c.pipeline_id, c.bucket_start, c.bucket_end
    OFFSET 0
  ) AS r
$$;
