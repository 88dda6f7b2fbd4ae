-- The door to figures over time. Whoever asks here need not know whether they come from days counted beforehand (ADR 0012) or
-- from the rows: it is decided here, and only here. `..._of_days` and `..._of_rows` stand with what they count.
--
-- In PL/pgSQL, so that only the one is planned; for the values that are given (force_custom_plan), since a plan for any values
-- would not use an index.

-- Whether there is so much in a range that reading the rows takes long.
CREATE FUNCTION reporting.is_large(
  environments text[], range_start timestamptz, range_end timestamptz, time_zone text)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT COALESCE(sum(c.deployments + c.changes), 0) >= (SELECT COALESCE(s.rollup_from, 50000) FROM reporting.settings AS s)
  FROM reporting.rolled_counts(environments, range_start, range_end, time_zone) AS c
$$;

-- Whether a question is answered from rolled days: it is about all pipelines together, without changes of bots, and large.
-- All others are computed from their rows.
CREATE FUNCTION reporting.is_rolled(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text,
  by_pipeline boolean, bots boolean DEFAULT false)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN pipelines IS NULL AND NOT by_pipeline AND NOT bots
      THEN reporting.is_large(environments, range_start, range_end, time_zone)
    ELSE false
  END
$$;

-- What the metrics of deployments are made of, in the buckets that have any.
CREATE FUNCTION reporting.deployment_sums(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text,
  by_pipeline boolean)
RETURNS TABLE (
  pipeline_id text, bucket_number integer, deployments bigint, successful bigint, failed bigint, failed_by_status bigint,
  failed_by_incident bigint, failed_by_rollback bigint, rework bigint, days_with_deployment bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  IF reporting.is_rolled(pipelines, environments, range_start, range_end, time_zone, by_pipeline) THEN
    RETURN QUERY
    SELECT s.* FROM reporting.deployment_sums_of_days(environments, range_start, range_end, time_zone, bucket) AS s;
  ELSE
    RETURN QUERY
    SELECT s.*
    FROM reporting.deployment_sums_of_rows(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS s;
  END IF;
END
$$;

-- What is said of changes that were carried.
CREATE FUNCTION reporting.lead_times(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text,
  by_pipeline boolean, bots boolean)
RETURNS TABLE (
  pipeline_id text, bucket_number integer, total reporting.statistics, review reporting.statistics,
  deployment reporting.statistics, commit_to_deploy reporting.statistics, approximate boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  IF reporting.is_rolled(pipelines, environments, range_start, range_end, time_zone, by_pipeline, bots) THEN
    RETURN QUERY
    SELECT s.* FROM reporting.lead_times_of_days(environments, range_start, range_end, time_zone, bucket) AS s;
  ELSE
    RETURN QUERY
    SELECT s.*
    FROM reporting.lead_times_of_rows(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline, bots) AS s;
  END IF;
END
$$;

-- reporting.statistics of one measure: recovery or restore.
CREATE FUNCTION reporting.duration_statistics(
  measured text, pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text,
  bucket text, by_pipeline boolean)
RETURNS TABLE (pipeline_id text, bucket_number integer, of reporting.statistics, approximate boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  IF reporting.is_rolled(pipelines, environments, range_start, range_end, time_zone, by_pipeline) THEN
    RETURN QUERY
    SELECT '', s.bucket_number, s.of, s.approximate
    FROM reporting.rolled_statistics(ARRAY[measured], environments, range_start, range_end, time_zone, bucket) AS s;
  ELSE
    RETURN QUERY
    SELECT s.*
    FROM reporting.duration_statistics_of_rows(
      measured, pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS s;
  END IF;
END
$$;

-- Incidents open at the end of each bucket that has any.
CREATE FUNCTION reporting.incidents_open(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text,
  by_pipeline boolean)
RETURNS TABLE (pipeline_id text, bucket_number integer, incidents bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  IF reporting.is_rolled(pipelines, environments, range_start, range_end, time_zone, by_pipeline) THEN
    RETURN QUERY
    SELECT i.* FROM reporting.incidents_open_of_days(environments, range_start, range_end, time_zone, bucket) AS i;
  ELSE
    RETURN QUERY
    SELECT i.*
    FROM reporting.incidents_open_of_rows(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS i;
  END IF;
END
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

-- What waits at the end of each bucket: from the changes, or from the ends of days, which are known of production.
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
  IF environments IS NULL AND NOT (SELECT s.rebuild_due FROM reporting.settings AS s)
    AND reporting.is_rolled(pipelines, environments, range_start, range_end, time_zone, by_pipeline, bots)
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
