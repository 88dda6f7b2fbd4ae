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

-- What is said of them in each bucket that has any.
CREATE FUNCTION reporting.lead_times_of_rows(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text,
  by_pipeline boolean, bots boolean)
RETURNS TABLE (
  pipeline_id text, bucket_number integer, total reporting.statistics, review reporting.statistics,
  deployment reporting.statistics, commit_to_deploy reporting.statistics, approximate boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    CASE WHEN by_pipeline THEN x.pipeline_id ELSE '' END,
    width_bucket(x.finished_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket))),
    reporting.statistics(x.total_seconds), reporting.statistics(x.review_seconds),
    reporting.statistics(x.deployment_seconds), reporting.statistics(x.commit_to_deploy_seconds),
    false
  FROM reporting.carried_changes(pipelines, environments, range_start, range_end, bots) AS x
  GROUP BY 1, 2
$$;

CREATE FUNCTION reporting.lead_times_of_days(
  environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text)
RETURNS TABLE (
  pipeline_id text, bucket_number integer, total reporting.statistics, review reporting.statistics,
  deployment reporting.statistics, commit_to_deploy reporting.statistics, approximate boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    '', s.bucket_number,
    (array_agg(s.of) FILTER (WHERE s.measure = 'total'))[1],
    COALESCE((array_agg(s.of) FILTER (WHERE s.measure = 'review'))[1], reporting.statistics_of_none()),
    (array_agg(s.of) FILTER (WHERE s.measure = 'deployment'))[1],
    (array_agg(s.of) FILTER (WHERE s.measure = 'commit_to_deploy'))[1],
    bool_or(s.approximate)
  FROM reporting.rolled_statistics(
    '{total,review,deployment,commit_to_deploy}', environments, range_start, range_end, time_zone, bucket) AS s
  GROUP BY s.bucket_number
$$;

CREATE FUNCTION reporting.lead_time(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023',
  bots boolean DEFAULT false)
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, level text, level_reason text, approximate boolean,
  total reporting.statistics, review reporting.statistics, deployment reporting.statistics,
  commit_to_deploy reporting.statistics)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    l.pipeline_id, l.bucket_start, l.bucket_end,
    (l.total).count,
    reporting.level(benchmark, 'lead_time', (l.commit_to_deploy).median, (l.commit_to_deploy).count),
    reporting.level_reason((l.commit_to_deploy).count),
    l.approximate, l.total, l.review, l.deployment, l.commit_to_deploy
  FROM (
    SELECT
      c.pipeline_id, c.bucket_start, c.bucket_end, COALESCE(x.approximate, false) AS approximate,
      COALESCE(x.total, reporting.statistics_of_none()) AS total,
      COALESCE(x.review, reporting.statistics_of_none()) AS review,
      COALESCE(x.deployment, reporting.statistics_of_none()) AS deployment,
      COALESCE(x.commit_to_deploy, reporting.statistics_of_none()) AS commit_to_deploy
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.lead_times(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline, bots) AS x
      ON x.pipeline_id = c.pipeline_id AND x.bucket_number = c.bucket_number
    OFFSET 0
  ) AS l
$$;
