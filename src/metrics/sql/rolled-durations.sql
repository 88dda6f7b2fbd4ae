-- Durations fall into bins, each reaching 1.1 times as far as the one before: its middle is within 5 % of all in it.
-- Nothing lasted longer than nothing: 0 has a bin of its own, and stays 0.
CREATE FUNCTION reporting.duration_bin(seconds double precision)
RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN seconds > 0 THEN floor(ln(seconds) / ln(1.1::double precision)) ELSE -32768 END::smallint $$;

CREATE FUNCTION reporting.bin_middle(bin smallint)
RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN bin = -32768 THEN 0 ELSE 1.1::double precision ^ (bin + 0.5) END $$;

-- What is said of no durations.
CREATE FUNCTION reporting.statistics_of_none()
RETURNS reporting.statistics
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT ROW(0, NULL, NULL, NULL)::reporting.statistics $$;

-- The durations that metrics tell the median of, by what they measure; without those of bots.
CREATE FUNCTION reporting.measured_durations(
  measures text[], pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (measure text, pipeline_id text, environment text, ended_at timestamptz, seconds double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT m.measure, x.pipeline_id, x.environment, x.finished_at, m.seconds
  FROM reporting.carried_changes(pipelines, environments, range_start, range_end, false) AS x
  CROSS JOIN LATERAL (VALUES
    ('total', x.total_seconds),
    ('review', x.review_seconds),
    ('deployment', x.deployment_seconds),
    ('commit_to_deploy', x.commit_to_deploy_seconds)) AS m (measure, seconds)
  WHERE 'total' = ANY (measures) AND m.seconds IS NOT NULL
  UNION ALL
  SELECT 'recovery', d.pipeline_id, d.environment, d.finished_at, d.recovery_seconds
  FROM reporting.finished_deployments(pipelines, environments, range_start, range_end) AS d
  WHERE 'recovery' = ANY (measures) AND d.failed_by <> '{}' AND d.recovery_seconds IS NOT NULL
  UNION ALL
  SELECT 'restore', i.pipeline_id, i.environment, i.resolved_at, i.restore_seconds
  FROM reporting.restored_incidents(pipelines, environments, range_start, range_end) AS i
  WHERE 'restore' = ANY (measures)
$$;

-- The rolled days of a range: its durations.
CREATE FUNCTION reporting.rolled_durations(
  measures text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text)
RETURNS SETOF reporting.daily_durations
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT d.*
  FROM reporting.rolled_range(range_start, range_end, time_zone) AS r
  JOIN reporting.daily_durations AS d
    ON d.time_zone = rolled_durations.time_zone AND d.measure = ANY (measures)
    AND d.day_start >= r.rolled_from AND d.day_start < r.rolled_to AND d.day_start <> ALL (r.changed)
  WHERE reporting.is_selected(
    d.environment, d.environment ~* (SELECT s.production_environments FROM reporting.settings AS s), environments)
$$;

-- reporting.statistics of a range, from its rolled days and the rows beside them. Count and mean are as of the rows. So
-- are median and 90th percentile where a bucket is one day of one environment, or rows alone; else they are read from
-- the bins, each within 5 % of its true value, and said to be approximate.
CREATE FUNCTION reporting.rolled_statistics(
  measures text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text)
RETURNS TABLE (bucket_number integer, measure text, of reporting.statistics, approximate boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  WITH cells AS MATERIALIZED (
    SELECT
      width_bucket(d.day_start, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket))) AS bucket_number,
      d.measure, d.count, d.sum, d.median, d.p90, d.bins, d.bin_counts
    FROM reporting.rolled_durations(measures, environments, range_start, range_end, time_zone) AS d
  ), beside AS MATERIALIZED (
    SELECT
      width_bucket(m.ended_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket))) AS bucket_number,
      m.measure, m.seconds
    FROM reporting.unrolled_parts(range_start, range_end, time_zone) AS p
    CROSS JOIN LATERAL reporting.measured_durations(measures, NULL, environments, p.part_start, p.part_end) AS m
  ), sources AS MATERIALIZED (
    SELECT
      s.bucket_number, s.measure, count(*) > 1 AS approximate,
      sum(s.count)::integer AS count, sum(s.sum) AS sum, max(s.median) AS median, max(s.p90) AS p90
    FROM (
      SELECT c.bucket_number, c.measure, c.count, c.sum, c.median, c.p90
      FROM cells AS c
      UNION ALL
      SELECT
        b.bucket_number, b.measure, count(*), sum(b.seconds),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY b.seconds), percentile_cont(0.9) WITHIN GROUP (ORDER BY b.seconds)
      FROM beside AS b
      GROUP BY b.bucket_number, b.measure
    ) AS s
    GROUP BY s.bucket_number, s.measure
  ), binned AS (
    SELECT
      n.bucket_number, n.measure, reporting.bin_middle(n.bin) AS middle,
      sum(n.durations) OVER w - n.durations AS below, sum(n.durations) OVER w AS upto
    FROM (
      SELECT s.bucket_number, s.measure, s.bin, sum(s.durations) AS durations
      FROM (
        SELECT c.bucket_number, c.measure, b.bin, b.durations::bigint
        FROM cells AS c
        CROSS JOIN LATERAL unnest(c.bins, c.bin_counts) AS b (bin, durations)
        UNION ALL
        SELECT b.bucket_number, b.measure, reporting.duration_bin(b.seconds), 1
        FROM beside AS b
      ) AS s (bucket_number, measure, bin, durations)
      WHERE (s.bucket_number, s.measure) IN (SELECT a.bucket_number, a.measure FROM sources AS a WHERE a.approximate)
      GROUP BY s.bucket_number, s.measure, s.bin
    ) AS n
    WINDOW w AS (PARTITION BY n.bucket_number, n.measure ORDER BY n.bin)
  ), read AS (
    -- As percentile_cont does: between the two values next to the place, in proportion.
    SELECT
      q.bucket_number, q.measure, q.fraction,
      min(q.middle) + (max(q.middle) - min(q.middle)) * (q.place - floor(q.place)) AS value
    FROM (
      SELECT b.bucket_number, b.measure, b.middle, b.below, b.upto, f.fraction, f.fraction * (s.count - 1) AS place
      FROM sources AS s
      CROSS JOIN (VALUES (0.5::double precision), (0.9)) AS f (fraction)
      JOIN binned AS b ON b.bucket_number = s.bucket_number AND b.measure = s.measure
    ) AS q
    WHERE floor(q.place) >= q.below AND floor(q.place) < q.upto OR ceil(q.place) >= q.below AND ceil(q.place) < q.upto
    GROUP BY q.bucket_number, q.measure, q.fraction, q.place
  )
  SELECT
    s.bucket_number, s.measure,
    ROW(
      s.count, s.sum / s.count,
      CASE WHEN s.approximate THEN median.value ELSE s.median END,
      CASE WHEN s.approximate THEN p90.value ELSE s.p90 END)::reporting.statistics,
    s.approximate
  FROM sources AS s
  LEFT JOIN read AS median
    ON median.bucket_number = s.bucket_number AND median.measure = s.measure AND median.fraction = 0.5
  LEFT JOIN read AS p90
    ON p90.bucket_number = s.bucket_number AND p90.measure = s.measure AND p90.fraction = 0.9::double precision
$$;

-- reporting.statistics of one measure in each bucket that has any, from the rows.
CREATE FUNCTION reporting.duration_statistics_of_rows(
  measured text, pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text,
  bucket text, by_pipeline boolean)
RETURNS TABLE (pipeline_id text, bucket_number integer, of reporting.statistics, approximate boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    CASE WHEN by_pipeline THEN m.pipeline_id ELSE '' END,
    width_bucket(m.ended_at, (SELECT reporting.bucket_starts(range_start, range_end, time_zone, bucket))),
    reporting.statistics(m.seconds),
    false
  FROM reporting.measured_durations(ARRAY[measured], pipelines, environments, range_start, range_end) AS m
  GROUP BY 1, 2
$$;
