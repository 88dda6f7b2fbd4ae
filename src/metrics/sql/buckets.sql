-- The first instant of a local day. Where midnight happens twice (a clock turned back over it) it is the first of the
-- two, which Postgres alone would not choose; where it is skipped, the instant at which the clock was turned.
CREATE FUNCTION reporting.start_of_day(day timestamp, time_zone text)
RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT LEAST(m.midnight, CASE WHEN m.earlier AT TIME ZONE time_zone = day THEN m.earlier END)
  FROM (
    SELECT
      n.midnight,
      -- The same local time, read with the clock of three hours before.
      n.midnight - interval '3 hours' + (day - (n.midnight - interval '3 hours') AT TIME ZONE time_zone) AS earlier
    FROM (SELECT day AT TIME ZONE time_zone AS midnight) AS n
  ) AS m
$$;

-- metrics.md, Range: the days, weeks (from Monday) or months of a half-open range, cut at local midnights and numbered
-- from 1. The first and the last are clipped to the range; a day that a zone skipped does not occur. No bucket: the
-- range is one. In PL/pgSQL, so that its plan is made once a session and the metrics are planned around a plain scan.
CREATE FUNCTION reporting.buckets(range_start timestamptz, range_end timestamptz, time_zone text, bucket text)
RETURNS TABLE (bucket_number integer, bucket_start timestamptz, bucket_end timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
AS $$
DECLARE
  step interval := '1 ' || bucket;
BEGIN
  IF bucket IS NULL THEN
    RETURN QUERY SELECT 1, range_start, range_end;
    RETURN;
  END IF;

  RETURN QUERY
  SELECT
    row_number() OVER (ORDER BY b.starts_at)::integer,
    GREATEST(b.starts_at, range_start),
    LEAST(b.ends_at, range_end)
  FROM (
    SELECT s.starts_at, lead(s.starts_at) OVER (ORDER BY s.day) AS ends_at
    FROM (
      SELECT
        m.day,
        CASE
          -- Nobody turned a clock between two midnights that are a day apart.
          WHEN bucket = 'day' AND m.midnight - lag(m.midnight) OVER (ORDER BY m.day) = interval '1 day' THEN m.midnight
          ELSE reporting.start_of_day(m.day, time_zone)
        END AS starts_at
      FROM (
        SELECT d.day, d.day AT TIME ZONE time_zone AS midnight
        FROM generate_series(
          date_trunc(bucket, range_start AT TIME ZONE time_zone),
          range_end AT TIME ZONE time_zone + step,
          step) AS d (day)
      ) AS m
    ) AS s
  ) AS b
  WHERE b.starts_at < b.ends_at AND b.starts_at < range_end AND b.ends_at > range_start;
END
$$;

-- Where the buckets begin, for width_bucket: it gives the number of the bucket that a time falls into.
CREATE FUNCTION reporting.bucket_starts(range_start timestamptz, range_end timestamptz, time_zone text, bucket text)
RETURNS timestamptz[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT array_agg(b.bucket_start ORDER BY b.bucket_start)
  FROM reporting.buckets(range_start, range_end, time_zone, bucket) AS b
$$;

CREATE FUNCTION reporting.bucket_ends(range_start timestamptz, range_end timestamptz, time_zone text, bucket text)
RETURNS timestamptz[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT array_agg(b.bucket_end ORDER BY b.bucket_end)
  FROM reporting.buckets(range_start, range_end, time_zone, bucket) AS b
$$;

-- The buckets at whose end something (an open incident, a waiting change) stands: it began before that instant and has
-- not ended before it.
CREATE FUNCTION reporting.standing(began_at timestamptz, ended_at timestamptz, bucket_ends timestamptz[])
RETURNS SETOF integer
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT generate_series(
    width_bucket(began_at, bucket_ends) + 1,
    CASE WHEN ended_at IS NULL THEN cardinality(bucket_ends) ELSE width_bucket(ended_at, bucket_ends) END)
$$;

-- What a metric is given for: every bucket of the range, for the pipelines together (pipeline_id '') or for each.
CREATE FUNCTION reporting.cells(
  pipelines text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text, by_pipeline boolean)
RETURNS TABLE (pipeline_id text, bucket_number integer, bucket_start timestamptz, bucket_end timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT w.pipeline_id, b.bucket_number, b.bucket_start, b.bucket_end
  FROM (
    SELECT '' AS pipeline_id
    WHERE NOT by_pipeline
    UNION ALL
    SELECT p.pipeline_id
    FROM reporting.pipelines AS p
    WHERE by_pipeline AND (pipelines IS NULL OR p.pipeline_id = ANY (pipelines))
  ) AS w
  CROSS JOIN reporting.buckets(range_start, range_end, time_zone, bucket) AS b
$$;
