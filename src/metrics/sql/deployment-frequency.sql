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
      COALESCE(d.deployments, 0)::integer AS deployments,
      COALESCE(d.successful, 0)::integer AS successful,
      COALESCE(d.failed, 0)::integer AS failed,
      COALESCE(d.successful, 0) * 86400 / extract(epoch FROM c.bucket_end - c.bucket_start)::double precision AS per_day,
      COALESCE(d.days_with_deployment, 0)::integer AS days_with_deployment
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.deployment_sums(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS d
      ON d.pipeline_id = c.pipeline_id AND d.bucket_number = c.bucket_number
  ) AS f
$$;
