-- Change failure rate: failed by finished deployments in range. One may have failed for several reasons; it counts once.
CREATE FUNCTION reporting.change_failure_rate(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023')
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  deployments integer, failed integer, rate double precision, failed_by reporting.failure_reasons,
  level text, level_reason text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    f.pipeline_id, f.bucket_start, f.bucket_end,
    f.deployments, f.failed, f.rate, f.failed_by,
    reporting.level(benchmark, 'change_failure_rate', f.rate, f.deployments),
    reporting.level_reason(f.deployments)
  FROM (
    SELECT
      c.pipeline_id, c.bucket_start, c.bucket_end,
      COALESCE(d.deployments, 0)::integer AS deployments,
      COALESCE(d.failed, 0)::integer AS failed,
      d.failed::double precision / d.deployments AS rate,
      ROW(
        COALESCE(d.failed_by_status, 0), COALESCE(d.failed_by_incident, 0),
        COALESCE(d.failed_by_rollback, 0))::reporting.failure_reasons AS failed_by
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.deployment_sums(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS d
      ON d.pipeline_id = c.pipeline_id AND d.bucket_number = c.bucket_number
  ) AS f
$$;
