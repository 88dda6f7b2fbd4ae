-- What the metrics of deployments are made of: how many there are in each bucket, of all pipelines together (pipeline_id
-- '') or of each. Buckets without any are left out.
CREATE FUNCTION reporting.deployment_sums_of_rows(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text,
  by_pipeline boolean)
RETURNS TABLE (
  pipeline_id text, bucket_number integer, deployments bigint, successful bigint, failed bigint, failed_by_status bigint,
  failed_by_incident bigint, failed_by_rollback bigint, rework bigint, days_with_deployment bigint)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    CASE WHEN by_pipeline THEN d.pipeline_id ELSE '' END,
    width_bucket(d.finished_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket))),
    sum(d.deployments), sum(d.successful), sum(d.failed), sum(d.failed_by_status), sum(d.failed_by_incident),
    sum(d.failed_by_rollback), sum(d.rework),
    count(DISTINCT (d.finished_at AT TIME ZONE time_zone)::date) FILTER (WHERE d.successful > 0)
  FROM reporting.counted_deployments(pipelines, environments, range_start, range_end) AS d
  GROUP BY 1, 2
$$;

-- The same from rolled days and the rows beside them.
CREATE FUNCTION reporting.deployment_sums_of_days(
  environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text)
RETURNS TABLE (
  pipeline_id text, bucket_number integer, deployments bigint, successful bigint, failed bigint, failed_by_status bigint,
  failed_by_incident bigint, failed_by_rollback bigint, rework bigint, days_with_deployment bigint)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    '', width_bucket(d.at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket))),
    sum(d.deployments), sum(d.successful), sum(d.failed), sum(d.failed_by_status), sum(d.failed_by_incident),
    sum(d.failed_by_rollback), sum(d.rework),
    count(DISTINCT (d.at AT TIME ZONE time_zone)::date) FILTER (WHERE d.successful > 0)
  FROM (
    SELECT
      c.day_start, c.deployments, c.successful, c.failed, c.failed_by_status, c.failed_by_incident,
      c.failed_by_rollback, c.rework
    FROM reporting.rolled_counts(environments, range_start, range_end, time_zone) AS c
    WHERE c.deployments > 0
    UNION ALL
    SELECT
      d.finished_at, d.deployments, d.successful, d.failed, d.failed_by_status, d.failed_by_incident,
      d.failed_by_rollback, d.rework
    FROM reporting.unrolled_parts(range_start, range_end, time_zone) AS p
    CROSS JOIN LATERAL reporting.counted_deployments(NULL, environments, p.part_start, p.part_end) AS d
  ) AS d (
    at, deployments, successful, failed, failed_by_status, failed_by_incident, failed_by_rollback, rework)
  GROUP BY 2
$$;
