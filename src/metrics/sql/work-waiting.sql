-- Work waiting: changes landed since we watch their pipeline, carried to none of the selected environments yet. These
-- are the ones that wait at some instant from `since` to the end of the range.
CREATE FUNCTION reporting.waiting_changes(
  pipelines text[], environments text[], since timestamptz, range_end timestamptz, bots boolean)
RETURNS TABLE (pipeline_id text, commit_id text, landed_at timestamptz, carried_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT c.pipeline_id, c.commit_id, c.landed_at, carried.finished_at
  FROM (
    SELECT e.pipeline_id, min(e.baseline_finished_at) AS finished_at
    FROM reporting.environments AS e
    WHERE (pipelines IS NULL OR e.pipeline_id = ANY (pipelines))
      AND e.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
    GROUP BY e.pipeline_id
  ) AS baseline
  JOIN reporting.commits AS c
    ON c.pipeline_id = baseline.pipeline_id AND c.landed_at > baseline.finished_at AND c.landed_at < range_end
  CROSS JOIN LATERAL (
    SELECT min(x.finished_at) AS finished_at
    FROM reporting.deployment_changes AS x
    WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = c.commit_id
      AND x.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
  ) AS carried
  WHERE c.alias_of IS NULL
    AND (bots OR NOT c.bot)
    AND NOT EXISTS (
      SELECT
      FROM reporting.deployment_changes AS x
      WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = c.commit_id
        AND x.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
        AND x.finished_at < since)
$$;

CREATE FUNCTION reporting.work_waiting(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, bots boolean DEFAULT false)
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, oldest double precision, median double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    c.pipeline_id, c.bucket_start, c.bucket_end,
    count(w.landed_at)::integer,
    extract(epoch FROM c.bucket_end - min(w.landed_at))::double precision,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.bucket_end - w.landed_at)::double precision)
  FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
  LEFT JOIN (
    SELECT x.pipeline_id, x.landed_at, s.bucket_number
    FROM (SELECT (SELECT reporting.bucket_ends(range_start, range_end, time_zone, bucket)) AS ends) AS b
    CROSS JOIN LATERAL reporting.waiting_changes(pipelines, environments, b.ends[1], range_end, bots) AS x
    CROSS JOIN LATERAL reporting.standing(x.landed_at, x.carried_at, b.ends) AS s (bucket_number)
  ) AS w
    ON w.bucket_number = c.bucket_number
    AND c.pipeline_id = CASE WHEN by_pipeline THEN w.pipeline_id ELSE '' END
  GROUP BY c.pipeline_id, c.bucket_start, c.bucket_end
$$;
