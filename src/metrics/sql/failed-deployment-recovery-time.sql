-- Failed deployment recovery time: failed deployments finished in range, and how long it took until each was recovered.
CREATE FUNCTION reporting.failed_deployment_recovery_time(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023')
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, unrecovered integer, mean double precision, median double precision, p90 double precision,
  level text, level_reason text, approximate boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    r.pipeline_id, r.bucket_start, r.bucket_end,
    (r.recovered).count, r.failed - (r.recovered).count,
    (r.recovered).mean, (r.recovered).median, (r.recovered).p90,
    reporting.level(benchmark, 'recovery', (r.recovered).median, (r.recovered).count),
    reporting.level_reason((r.recovered).count), r.approximate
  FROM (
    SELECT
      c.pipeline_id, c.bucket_start, c.bucket_end,
      COALESCE(d.failed, 0)::integer AS failed,
      COALESCE(x.of, reporting.statistics_of_none()) AS recovered,
      COALESCE(x.approximate, false) AS approximate
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.deployment_sums(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS d
      ON d.pipeline_id = c.pipeline_id AND d.bucket_number = c.bucket_number
    LEFT JOIN reporting.duration_statistics(
      'recovery', pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS x
      ON x.pipeline_id = c.pipeline_id AND x.bucket_number = c.bucket_number
    OFFSET 0
  ) AS r
$$;
