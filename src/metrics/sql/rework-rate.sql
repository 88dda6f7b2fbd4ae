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
    count(d.finished_at)::integer,
    count(*) FILTER (WHERE d.rework)::integer,
    avg(d.rework::integer::double precision)
  FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
  LEFT JOIN reporting.finished_deployments(pipelines, environments, range_start, range_end) AS d
    ON c.bucket_number =
      width_bucket(d.finished_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket)))
    AND c.pipeline_id = CASE WHEN by_pipeline THEN d.pipeline_id ELSE '' END
  GROUP BY c.pipeline_id, c.bucket_start, c.bucket_end
$$;
