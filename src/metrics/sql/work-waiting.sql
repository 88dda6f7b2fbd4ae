-- Since when we watch each pipeline: from its earliest baseline in the selected environments on.
CREATE FUNCTION reporting.watched_pipelines(pipelines text[], environments text[])
RETURNS TABLE (pipeline_id text, watched_since timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT e.pipeline_id, min(e.baseline_finished_at)
  FROM reporting.environments AS e
  WHERE (pipelines IS NULL OR e.pipeline_id = ANY (pipelines))
    AND e.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
  GROUP BY e.pipeline_id
$$;

-- The changes that came to production, as a whole, from a time on.
CREATE FUNCTION reporting.first_in_production(pipeline text, since timestamptz)
RETURNS TABLE (commit_id text, finished_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT x.commit_id, min(x.finished_at)
  FROM reporting.environments AS e
  JOIN reporting.deployment_changes AS x
    ON x.pipeline_id = pipeline AND x.environment = e.environment AND x.finished_at >= since
  WHERE e.pipeline_id = pipeline AND e.production
    AND NOT EXISTS (
      SELECT
      FROM reporting.environments AS o
      JOIN reporting.deployment_changes AS earlier
        ON earlier.pipeline_id = pipeline AND earlier.environment = o.environment
      WHERE o.pipeline_id = pipeline AND o.production
        AND earlier.commit_id = x.commit_id AND earlier.finished_at < since)
  GROUP BY x.commit_id
$$;

-- Work waiting: changes landed since we watch their pipeline, carried to none of the selected environments yet. These
-- are the ones that wait at some instant from `since` to the end of the range.
CREATE FUNCTION reporting.waiting_changes(
  pipelines text[], environments text[], since timestamptz, range_end timestamptz, bots boolean)
RETURNS TABLE (pipeline_id text, commit_id text, landed_at timestamptz, carried_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT c.pipeline_id, c.commit_id, c.landed_at, carried.finished_at
  FROM reporting.watched_pipelines(pipelines, environments) AS p
  JOIN reporting.commits AS c
    ON c.pipeline_id = p.pipeline_id AND c.landed_at > p.watched_since AND c.landed_at < range_end
  CROSS JOIN LATERAL (
    SELECT min(x.finished_at) AS finished_at
    FROM reporting.deployment_changes AS x
    WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = c.commit_id
      AND x.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
  ) AS carried
  WHERE (environments IS NOT NULL OR (SELECT s.rebuild_due FROM reporting.settings AS s))
    AND c.alias_of IS NULL
    AND (bots OR NOT c.bot)
    AND NOT EXISTS (
      SELECT
      FROM reporting.deployment_changes AS x
      WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = c.commit_id
        AND x.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
        AND x.finished_at < since)
  UNION ALL
  -- Of production as a whole it is known which wait still; the others came there later.
  SELECT c.pipeline_id, c.commit_id, c.landed_at, x.finished_at
  FROM reporting.watched_pipelines(pipelines, environments) AS p
  CROSS JOIN LATERAL (
    SELECT w.commit_id, NULL::timestamptz AS finished_at
    FROM reporting.waiting_for_production AS w
    WHERE w.pipeline_id = p.pipeline_id
    UNION ALL
    SELECT x.commit_id, x.finished_at
    FROM reporting.first_in_production(p.pipeline_id, since) AS x
  ) AS x
  JOIN reporting.commits AS c
    ON c.pipeline_id = p.pipeline_id AND c.commit_id = x.commit_id
    AND c.landed_at > p.watched_since AND c.landed_at < range_end
  WHERE environments IS NULL AND NOT (SELECT s.rebuild_due FROM reporting.settings AS s)
    AND (bots OR NOT c.bot)
$$;

-- What waits at each of some instants, in order, at which anything does. To be given a value, not an expression: it would
-- be computed anew for every change.
CREATE FUNCTION reporting.waiting_at(
  pipelines text[], environments text[], instants timestamptz[], by_pipeline boolean, bots boolean)
RETURNS TABLE (
  pipeline_id text, instant timestamptz, count bigint, oldest double precision, median double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    w.pipeline_id, w.instant, count(*), max(w.age), percentile_cont(0.5) WITHIN GROUP (ORDER BY w.age)
  FROM (
    SELECT
      CASE WHEN by_pipeline THEN x.pipeline_id ELSE '' END AS pipeline_id, i.instant,
      extract(epoch FROM i.instant - x.landed_at)::double precision AS age
    FROM reporting.waiting_changes(
      pipelines, environments, instants[1], instants[cardinality(instants)], bots) AS x
    CROSS JOIN LATERAL reporting.standing(x.landed_at, x.carried_at, instants) AS s (number)
    CROSS JOIN LATERAL (SELECT instants[s.number] AS instant) AS i
  ) AS w
  GROUP BY w.pipeline_id, w.instant
$$;

CREATE FUNCTION reporting.work_waiting(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, bots boolean DEFAULT false)
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, oldest double precision, median double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT c.pipeline_id, c.bucket_start, c.bucket_end, COALESCE(w.count, 0)::integer, w.oldest, w.median
  FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
  LEFT JOIN reporting.waiting_at_ends(
    pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline, bots) AS w
    ON w.pipeline_id = c.pipeline_id AND w.instant = c.bucket_end
$$;
