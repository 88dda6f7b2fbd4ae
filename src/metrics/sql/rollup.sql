-- Whole days counted beforehand (ADR 0012): a question about all pipelines reads them instead of the rows, where they
-- hold. Which rows count is said by the metric's own functions only; roll-up.sql counts what those return.
CREATE VIEW reporting.rollup_zones AS
SELECT z.time_zone, z.rolled_until, z.waiting_until
FROM devopstic.rollup_zones AS z;

CREATE VIEW reporting.changed_hours AS
SELECT h.hour
FROM devopstic.changed_hours AS h;

CREATE VIEW reporting.daily_counts AS
SELECT
  c.time_zone, c.day_start, c.environment, c.deployments, c.successful, c.failed, c.failed_by_status,
  c.failed_by_incident, c.failed_by_rollback, c.rework, c.changes, c.incidents_opened, c.incidents_resolved
FROM devopstic.daily_counts AS c;

CREATE VIEW reporting.daily_durations AS
SELECT d.time_zone, d.measure, d.day_start, d.environment, d.count, d.sum, d.median, d.p90, d.bins, d.bin_counts
FROM devopstic.daily_durations AS d;

CREATE VIEW reporting.daily_waiting AS
SELECT w.time_zone, w.day_end, w.count, w.oldest, w.median
FROM devopstic.daily_waiting AS w;

-- Where the local day begins that an instant is in, and where the next one does. Not simply that of its local date: a
-- clock that is turned back over midnight shows the old date again.
CREATE FUNCTION reporting.day_around(instant timestamptz, time_zone text)
RETURNS TABLE (day_start timestamptz, day_end timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
AS $$
DECLARE
  day timestamp := date_trunc('day', instant AT TIME ZONE time_zone);
BEGIN
  day_start := reporting.start_of_day(day, time_zone);
  LOOP
    day := day + interval '1 day';
    day_end := reporting.start_of_day(day, time_zone);
    EXIT WHEN day_end > instant OR day_end IS NULL;
    day_start := day_end;
  END LOOP;
  RETURN NEXT;
END
$$;

-- The part of a range that consists of rolled days, and those days in it that have changed since they were rolled.
-- Empty where nothing is rolled.
CREATE FUNCTION reporting.rolled_range(range_start timestamptz, range_end timestamptz, time_zone text)
RETURNS TABLE (rolled_from timestamptz, rolled_to timestamptz, changed timestamptz[])
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
AS $$
DECLARE
  earliest timestamptz;
  starts timestamptz[];
BEGIN
  SELECT CASE WHEN z.rolled_until IS NOT NULL THEN LEAST(z.rolled_until, d.day_start) END
  INTO rolled_to
  FROM reporting.rollup_zones AS z, reporting.day_around(range_end, rolled_range.time_zone) AS d
  WHERE z.time_zone = rolled_range.time_zone;
  SELECT CASE WHEN range_start IN ('-infinity', d.day_start) THEN range_start ELSE d.day_end END
  INTO rolled_from
  FROM reporting.day_around(NULLIF(range_start, '-infinity'), rolled_range.time_zone) AS d;
  IF rolled_to IS NULL OR rolled_from >= rolled_to THEN
    RETURN;
  END IF;

  -- An hour may be in two days.
  SELECT min(h.hour)
  INTO earliest
  FROM reporting.changed_hours AS h
  WHERE h.hour > rolled_from - interval '1 hour' AND h.hour < rolled_to;
  changed := '{}';
  IF earliest IS NOT NULL THEN
    SELECT reporting.bucket_starts(GREATEST(d.day_start, rolled_from), rolled_to, rolled_range.time_zone, 'day')
    INTO starts
    FROM reporting.day_around(earliest, rolled_range.time_zone) AS d;
    changed := ARRAY(
      SELECT DISTINCT starts[width_bucket(i.instant, starts)]
      FROM (SELECT DISTINCT h.hour FROM reporting.changed_hours AS h) AS h
      CROSS JOIN LATERAL unnest(ARRAY[h.hour, h.hour + interval '59 minutes']) AS i (instant)
      WHERE i.instant >= starts[1] AND i.instant < rolled_to);
  END IF;
  RETURN NEXT;
END
$$;

-- What is left of a range beside its rolled days: its ends, and the days that have changed.
CREATE FUNCTION reporting.unrolled_parts(range_start timestamptz, range_end timestamptz, time_zone text)
RETURNS TABLE (part_start timestamptz, part_end timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3
AS $$
DECLARE
  rolled record;
BEGIN
  SELECT * INTO rolled FROM reporting.rolled_range(range_start, range_end, time_zone);
  IF rolled.rolled_from IS NULL THEN
    RETURN QUERY SELECT range_start, range_end;
    RETURN;
  END IF;
  RETURN QUERY
  SELECT p.part_start, p.part_end
  FROM (
    SELECT range_start, rolled.rolled_from::timestamptz
    UNION ALL
    SELECT rolled.rolled_to::timestamptz, range_end
    UNION ALL
    SELECT d.day_start, d.day_end
    FROM unnest(rolled.changed::timestamptz[]) AS c (day_start)
    CROSS JOIN LATERAL reporting.day_around(c.day_start, unrolled_parts.time_zone) AS d
  ) AS p (part_start, part_end)
  WHERE p.part_start < p.part_end;
END
$$;

-- The rolled days of a range.
CREATE FUNCTION reporting.rolled_counts(
  environments text[], range_start timestamptz, range_end timestamptz, time_zone text)
RETURNS SETOF reporting.daily_counts
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT c.*
  FROM reporting.rolled_range(range_start, range_end, time_zone) AS r
  JOIN reporting.daily_counts AS c
    ON c.time_zone = rolled_counts.time_zone
    AND c.day_start >= r.rolled_from AND c.day_start < r.rolled_to AND c.day_start <> ALL (r.changed)
  WHERE reporting.is_selected(
    c.environment, c.environment ~* (SELECT s.production_environments FROM reporting.settings AS s), environments)
$$;
