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
      '{total,review,deployment,commit_to_deploy,recovery,restore}', environments, range_start, range_end) AS m
    GROUP BY 1, 2, 3
  ) AS s
  CROSS JOIN LATERAL (
    SELECT array_agg(n.bin ORDER BY n.bin) AS bins, array_agg(n.durations ORDER BY n.bin) AS bin_counts
    FROM (SELECT b.bin, count(*) AS durations FROM unnest(s.bins) AS b (bin) GROUP BY b.bin) AS n
  ) AS b;
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
  hours timestamptz[] := ARRAY(
    SELECT DISTINCT h.hour FROM devopstic.changed_hours AS h ORDER BY h.hour DESC LIMIT most);
  zone record;
  day record;
  day_start timestamptz;
  next_until timestamptz;
  more boolean := EXISTS (SELECT FROM devopstic.changed_hours AS h WHERE h.hour <> ALL (hours));
BEGIN
  FOR zone IN SELECT z.time_zone, z.rolled_until FROM devopstic.rollup_zones AS z ORDER BY z.time_zone FOR UPDATE LOOP
    FOR day IN
      SELECT DISTINCT d.day_start, d.day_end
      FROM unnest(hours) AS h (hour)
      CROSS JOIN LATERAL unnest(ARRAY[h.hour, h.hour + interval '59 minutes']) AS i (instant)
      CROSS JOIN LATERAL reporting.day_around(i.instant, zone.time_zone) AS d
      WHERE d.day_start < zone.rolled_until
    LOOP
      PERFORM devopstic.roll_up(zone.time_zone, day.day_start, day.day_end);
    END LOOP;

    -- Days that are over; the first time, from the first event on.
    day_start := COALESCE(
      zone.rolled_until,
      (SELECT d.day_start
       FROM reporting.day_around((SELECT min(p.first_event_at) FROM devopstic.pipelines AS p), zone.time_zone) AS d));
    SELECT max(b.bucket_end), bool_or(b.bucket_number > most)
    INTO next_until
    FROM reporting.buckets(
      day_start, (SELECT d.day_start FROM reporting.day_around(now, zone.time_zone) AS d), zone.time_zone, 'day') AS b
    WHERE b.bucket_number <= most;
    IF next_until IS NOT NULL THEN
      PERFORM devopstic.roll_up(zone.time_zone, day_start, next_until);
      UPDATE devopstic.rollup_zones AS z SET rolled_until = next_until WHERE z.time_zone = zone.time_zone;
      more := more OR (SELECT d.day_start FROM reporting.day_around(now, zone.time_zone) AS d) > next_until;
    END IF;
  END LOOP;

  DELETE FROM devopstic.changed_hours AS h WHERE h.hour = ANY (hours);
  RETURN more;
END
$$;
