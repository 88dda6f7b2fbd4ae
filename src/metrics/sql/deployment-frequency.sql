-- Deployment frequency: successful deployments finished in range, by the (fractional) days of the range.
CREATE FUNCTION reporting.deployment_frequency(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023')
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  deployments integer, successful integer, failed integer, per_day double precision, days_with_deployment integer,
  level text, level_reason text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    f.pipeline_id, f.bucket_start, f.bucket_end,
    f.deployments, f.successful, f.failed, f.per_day, f.days_with_deployment,
    reporting.level(benchmark, 'deployment_frequency', f.per_day, f.successful),
    reporting.level_reason(f.successful)
  FROM (
    SELECT
      c.pipeline_id, c.bucket_start, c.bucket_end,
      count(d.finished_at)::integer AS deployments,
      count(*) FILTER (WHERE d.successful)::integer AS successful,
      count(*) FILTER (WHERE d.failed_by <> '{}')::integer AS failed,
      count(*) FILTER (WHERE d.successful) * 86400
        / extract(epoch FROM c.bucket_end - c.bucket_start)::double precision AS per_day,
      count(DISTINCT (d.finished_at AT TIME ZONE time_zone)::date) FILTER (WHERE d.successful)::integer
        AS days_with_deployment
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.finished_deployments(pipelines, environments, range_start, range_end) AS d
      ON c.bucket_number =
        width_bucket(d.finished_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket)))
      AND c.pipeline_id = CASE WHEN by_pipeline THEN d.pipeline_id ELSE '' END
    GROUP BY c.pipeline_id, c.bucket_start, c.bucket_end
  ) AS f
$$;
