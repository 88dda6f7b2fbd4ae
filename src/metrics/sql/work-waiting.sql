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

-- The ends of local days at which it is known beforehand what waits, in production: those before whatever has changed
-- since.
CREATE FUNCTION reporting.waiting_known_until(time_zone text)
RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN z.waiting_until IS NOT NULL THEN LEAST(z.waiting_until, d.day_start) END
  FROM reporting.rollup_zones AS z
  CROSS JOIN (SELECT min(h.hour) AS hour FROM reporting.changed_hours AS h) AS h
  CROSS JOIN LATERAL reporting.day_around(h.hour, waiting_known_until.time_zone) AS d
  WHERE z.time_zone = waiting_known_until.time_zone
$$;

-- What waits at the end of each bucket: from the changes, or where the question is large from the ends of days.
CREATE FUNCTION reporting.waiting_at_ends(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text,
  by_pipeline boolean, bots boolean)
RETURNS TABLE (
  pipeline_id text, instant timestamptz, count bigint, oldest double precision, median double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  instants timestamptz[] := reporting.bucket_ends(range_start, range_end, time_zone, bucket);
  known_until timestamptz;
BEGIN
  IF environments IS NULL AND NOT bots AND NOT (SELECT s.rebuild_due FROM reporting.settings AS s)
    AND reporting.is_rolled(pipelines, environments, range_start, range_end, time_zone, by_pipeline)
  THEN
    known_until := reporting.waiting_known_until(time_zone);
    RETURN QUERY
    SELECT '', w.day_end, w.count::bigint, w.oldest, w.median
    FROM reporting.daily_waiting AS w
    WHERE w.time_zone = waiting_at_ends.time_zone AND w.day_end <= known_until AND w.day_end = ANY (instants);
    -- An end that is not that of a day is not there; what is asked twice is only its day.
    instants := ARRAY(
      SELECT i.instant
      FROM unnest(instants) AS i (instant)
      WHERE i.instant > known_until OR known_until IS NULL OR NOT EXISTS (
        SELECT FROM reporting.day_around(i.instant, waiting_at_ends.time_zone) AS d WHERE d.day_start = i.instant)
      ORDER BY i.instant);
  END IF;

  IF instants <> '{}' THEN
    RETURN QUERY
    SELECT w.* FROM reporting.waiting_at(pipelines, environments, instants, by_pipeline, bots) AS w;
  END IF;
END
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
