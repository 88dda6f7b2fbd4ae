-- Lead time: changes first carried by a successful deployment that finished in range. One scan of
-- deployment_changes_finished_idx, which holds every column. Without an approval there is no review to be measured.
CREATE FUNCTION reporting.carried_changes(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, bots boolean)
RETURNS TABLE (
  pipeline_id text, environment text, commit_id text, finished_at timestamptz, total_seconds double precision,
  review_seconds double precision, deployment_seconds double precision, commit_to_deploy_seconds double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    x.pipeline_id, x.environment, x.commit_id, x.finished_at, x.total_seconds,
    CASE WHEN NOT x.no_review THEN x.review_seconds END, x.deployment_seconds, x.commit_to_deploy_seconds
  FROM reporting.deployment_changes AS x
  WHERE (pipelines IS NULL OR x.pipeline_id = ANY (pipelines))
    AND x.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
    AND x.finished_at >= range_start AND x.finished_at < range_end
    AND x.left_out IS NULL
    AND (bots OR NOT x.bot)
$$;

CREATE FUNCTION reporting.lead_time(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023',
  bots boolean DEFAULT false)
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, level text, level_reason text,
  total reporting.statistics, review reporting.statistics, deployment reporting.statistics,
  commit_to_deploy reporting.statistics)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    l.pipeline_id, l.bucket_start, l.bucket_end,
    (l.total).count,
    reporting.level(benchmark, 'lead_time', (l.commit_to_deploy).median, (l.commit_to_deploy).count),
    reporting.level_reason((l.commit_to_deploy).count),
    l.total, l.review, l.deployment, l.commit_to_deploy
  FROM (
    SELECT
      c.pipeline_id, c.bucket_start, c.bucket_end,
      reporting.statistics(x.total_seconds) AS total,
      reporting.statistics(x.review_seconds) AS review,
      reporting.statistics(x.deployment_seconds) AS deployment,
      reporting.statistics(x.commit_to_deploy_seconds) AS commit_to_deploy
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.carried_changes(pipelines, environments, range_start, range_end, bots) AS x
      ON c.bucket_number =
        width_bucket(x.finished_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket)))
      AND c.pipeline_id = CASE WHEN by_pipeline THEN x.pipeline_id ELSE '' END
    GROUP BY c.pipeline_id, c.bucket_start, c.bucket_end
    OFFSET 0
  ) AS l
$$;
