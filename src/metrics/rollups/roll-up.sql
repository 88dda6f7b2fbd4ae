-- Counts the days of a time zone that begin in a range again (the range begins and ends with a day). It stores what the
-- functions of the metrics return, environment by environment.
CREATE FUNCTION devopstic.roll_up(time_zone text, range_start timestamptz, range_end timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  environments text[] := ARRAY(SELECT DISTINCT n.environment FROM reporting.named_environments AS n);
  starts timestamptz[] := reporting.bucket_starts(range_start, range_end, time_zone, 'day');
BEGIN
  DELETE FROM devopstic.daily_counts AS c
  WHERE c.time_zone = roll_up.time_zone AND c.day_start >= range_start AND c.day_start < range_end;
  DELETE FROM devopstic.daily_durations AS d
  WHERE d.time_zone = roll_up.time_zone AND d.day_start >= range_start AND d.day_start < range_end;

  INSERT INTO devopstic.daily_counts (
    time_zone, day_start, environment, deployments, successful, failed, failed_by_status, failed_by_incident,
    failed_by_rollback, rework, changes, incidents_opened, incidents_resolved)
  SELECT
    roll_up.time_zone, starts[width_bucket(s.at, starts)], s.environment,
    sum(s.deployments), sum(s.successful), sum(s.failed), sum(s.failed_by_status), sum(s.failed_by_incident),
    sum(s.failed_by_rollback), sum(s.rework), sum(s.changes), sum(s.incidents_opened), sum(s.incidents_resolved)
  FROM (
    SELECT
      d.finished_at AS at, d.environment, d.deployments, d.successful, d.failed, d.failed_by_status,
      d.failed_by_incident, d.failed_by_rollback, d.rework, 0 AS changes, 0 AS incidents_opened, 0 AS incidents_resolved
    FROM reporting.counted_deployments(NULL, environments, range_start, range_end) AS d
    UNION ALL
    SELECT x.finished_at, x.environment, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0
    FROM reporting.carried_changes(NULL, environments, range_start, range_end, false) AS x
    UNION ALL
    SELECT t.at, t.environment, 0, 0, 0, 0, 0, 0, 0, 0, t.opened, t.resolved
    FROM reporting.incident_turns(environments, range_start, range_end) AS t
  ) AS s
  GROUP BY 2, s.environment;

  INSERT INTO devopstic.daily_durations (
    time_zone, measure, day_start, environment, count, sum, median, p90, bins, bin_counts)
  SELECT
    roll_up.time_zone, s.measure, s.day_start, s.environment,
    (s.of).count, (s.of).mean * (s.of).count, (s.of).median, (s.of).p90, b.bins, b.bin_counts
  FROM (
    SELECT
      m.measure, starts[width_bucket(m.ended_at, starts)] AS day_start, m.environment,
      reporting.statistics(m.seconds) AS of, array_agg(reporting.duration_bin(m.seconds)) AS bins
    FROM reporting.measured_durations(
      '{total,review,deployment,commit_to_deploy,recovery,restore}', NULL, environments, range_start, range_end) AS m
    GROUP BY 1, 2, 3
  ) AS s
  CROSS JOIN LATERAL (
    SELECT array_agg(n.bin ORDER BY n.bin) AS bins, array_agg(n.durations ORDER BY n.bin) AS bin_counts
    FROM (SELECT b.bin, count(*) AS durations FROM unnest(s.bins) AS b (bin) GROUP BY b.bin) AS n
  ) AS b;
END
$$;

-- Looks again what waits at the ends of the days of a time zone in a range: after its beginning, up to its end.
CREATE FUNCTION devopstic.roll_up_waiting(time_zone text, range_start timestamptz, range_end timestamptz)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  ends timestamptz[] := reporting.bucket_ends(range_start, range_end, time_zone, 'day');
BEGIN
  DELETE FROM devopstic.daily_waiting AS w WHERE w.time_zone = roll_up_waiting.time_zone AND w.day_end > range_start;
  INSERT INTO devopstic.daily_waiting (time_zone, day_end, count, oldest, median)
  SELECT roll_up_waiting.time_zone, w.instant, w.count, w.oldest, w.median
  FROM reporting.waiting_at(NULL, NULL, ends, false, false) AS w;
END
$$;

-- Rolls days that have changed since they were rolled, and goes on to the next that are over; at most `most` days of
-- each time zone. Returns whether there is more to do. To be called in a transaction of isolation REPEATABLE READ: a
-- note in changed_hours is then seen if and only if the rows that it is about are, so that deleting those that are seen
-- forgets nothing.
CREATE FUNCTION devopstic.roll_up_some(now timestamptz, most integer)
RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
  -- What changes on days that are not rolled yet will be seen when they are.
  ahead timestamptz := (
    SELECT COALESCE(max(GREATEST(z.rolled_until, z.waiting_until)), '-infinity') FROM devopstic.rollup_zones AS z);
  hours timestamptz[] := ARRAY(
    SELECT DISTINCT h.hour FROM devopstic.changed_hours AS h WHERE h.hour < ahead ORDER BY h.hour DESC LIMIT most * 24);
  zone record;
  day record;
  first timestamptz;
  today timestamptz;
  reached timestamptz;
  more boolean := EXISTS (SELECT FROM devopstic.changed_hours AS h WHERE h.hour < ahead AND h.hour <> ALL (hours));
BEGIN
  FOR zone IN
    SELECT z.time_zone, z.rolled_until, z.waiting_until
    FROM devopstic.rollup_zones AS z
    ORDER BY z.time_zone
    FOR UPDATE
  LOOP
    -- PostgreSQL may have known it once: the names of time zones come and go with the system.
    CONTINUE WHEN NOT devopstic.is_time_zone(zone.time_zone);

    FOR day IN
      SELECT DISTINCT d.day_start, d.day_end
      FROM unnest(hours) AS h (hour)
      CROSS JOIN LATERAL unnest(ARRAY[h.hour, h.hour + interval '59 minutes']) AS i (instant)
      CROSS JOIN LATERAL reporting.day_around(i.instant, zone.time_zone) AS d
      WHERE d.day_start < zone.rolled_until
    LOOP
      PERFORM devopstic.roll_up(zone.time_zone, day.day_start, day.day_end);
    END LOOP;

    -- The first time, from the first event on.
    SELECT d.day_start
    INTO first
    FROM reporting.day_around((SELECT min(p.first_event_at) FROM devopstic.pipelines AS p), zone.time_zone) AS d;
    SELECT d.day_start INTO today FROM reporting.day_around(now, zone.time_zone) AS d;

    reached := devopstic.days_later(COALESCE(zone.rolled_until, first), today, zone.time_zone, most);
    IF reached IS NOT NULL THEN
      PERFORM devopstic.roll_up(zone.time_zone, COALESCE(zone.rolled_until, first), reached);
      UPDATE devopstic.rollup_zones AS z SET rolled_until = reached WHERE z.time_zone = zone.time_zone;
      more := more OR reached < today;
    END IF;

    -- Whatever changes on a day may change what waits at its end and at the end of each later one.
    SELECT CASE WHEN zone.waiting_until IS NOT NULL THEN LEAST(zone.waiting_until, d.day_start) END
    INTO zone.waiting_until
    FROM reporting.day_around((SELECT min(h.hour) FROM unnest(hours) AS h (hour)), zone.time_zone) AS d;
    reached := devopstic.days_later(COALESCE(zone.waiting_until, first), today, zone.time_zone, most);
    IF reached IS NOT NULL THEN
      PERFORM devopstic.roll_up_waiting(zone.time_zone, COALESCE(zone.waiting_until, first), reached);
      more := more OR reached < today;
    END IF;
    UPDATE devopstic.rollup_zones AS z
    SET waiting_until = COALESCE(reached, zone.waiting_until)
    WHERE z.time_zone = zone.time_zone AND z.waiting_until IS DISTINCT FROM COALESCE(reached, zone.waiting_until);
  END LOOP;

  DELETE FROM devopstic.changed_hours AS h WHERE h.hour >= ahead OR h.hour = ANY (hours);
  RETURN more;
END
$$;

-- Where so many days from a beginning end, or where `today` begins; null if that is not later.
CREATE FUNCTION devopstic.days_later(day_start timestamptz, today timestamptz, time_zone text, days integer)
RETURNS timestamptz
LANGUAGE sql STABLE
AS $$
  SELECT max(b.bucket_end)
  FROM reporting.buckets(day_start, today, time_zone, 'day') AS b
  WHERE b.bucket_number <= days
$$;

CREATE FUNCTION devopstic.is_time_zone(name text)
RETURNS boolean
LANGUAGE plpgsql STABLE
AS $$
BEGIN
  PERFORM now() AT TIME ZONE name;
  RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN false;
END
$$;
