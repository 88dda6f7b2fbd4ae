-- Rework rate: unplanned deployments (hotfixes, rollbacks) by all finished ones in range.
CREATE FUNCTION reporting.rework_rate(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false)
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  deployments integer, rework integer, rate double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    c.pipeline_id, c.bucket_start, c.bucket_end,
    COALESCE(d.deployments, 0)::integer,
    COALESCE(d.rework, 0)::integer,
    d.rework::double precision / d.deployments
  FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
  LEFT JOIN reporting.deployment_sums(
    pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS d
    ON d.pipeline_id = c.pipeline_id AND d.bucket_number = c.bucket_number
$$;
