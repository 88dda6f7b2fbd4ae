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
      count(d.finished_at)::integer AS deployments,
      count(*) FILTER (WHERE d.failed_by <> '{}')::integer AS failed,
      avg((d.failed_by <> '{}')::integer::double precision) AS rate,
      ROW(
        count(*) FILTER (WHERE 'status' = ANY (d.failed_by)),
        count(*) FILTER (WHERE 'incident' = ANY (d.failed_by)),
        count(*) FILTER (WHERE 'rollback' = ANY (d.failed_by)))::reporting.failure_reasons AS failed_by
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.finished_deployments(pipelines, environments, range_start, range_end) AS d
      ON c.bucket_number =
        width_bucket(d.finished_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket)))
      AND c.pipeline_id = CASE WHEN by_pipeline THEN d.pipeline_id ELSE '' END
    GROUP BY c.pipeline_id, c.bucket_start, c.bucket_end
  ) AS f
$$;
