-- Time to restore: incidents resolved in range, and beside them those open at its end. An incident may name an
-- environment that nothing was ever deployed to, so each is asked whether its own is selected.
CREATE FUNCTION reporting.restored_incidents(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (
  pipeline_id text, environment text, incident_id text, resolved_at timestamptz, restore_seconds double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT i.pipeline_id, i.environment, i.incident_id, i.resolved_at, extract(epoch FROM i.resolved_at - i.opened_at)::double precision
  FROM reporting.incidents AS i
  WHERE (pipelines IS NULL OR i.pipeline_id = ANY (pipelines))
    AND reporting.is_selected(i.environment, i.production, environments)
    AND i.resolved_at >= range_start AND i.resolved_at < range_end
$$;

-- Incidents open at some instant from `since` to the end of the range.
CREATE FUNCTION reporting.open_incidents(
  pipelines text[], environments text[], since timestamptz, range_end timestamptz)
RETURNS TABLE (pipeline_id text, incident_id text, opened_at timestamptz, resolved_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT i.pipeline_id, i.incident_id, i.opened_at, i.resolved_at
  FROM reporting.incidents AS i
  WHERE (pipelines IS NULL OR i.pipeline_id = ANY (pipelines))
    AND reporting.is_selected(i.environment, i.production, environments)
    AND i.opened_at < range_end
    AND (i.resolved_at IS NULL OR i.resolved_at >= since)
$$;

-- Incidents of all pipelines opened and resolved in range: of what is open at some time, the sum until then.
CREATE FUNCTION reporting.incident_turns(environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (environment text, at timestamptz, opened integer, resolved integer)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT i.environment, t.at, t.opened, t.resolved
  FROM reporting.incidents AS i
  CROSS JOIN LATERAL (VALUES (i.opened_at, 1, 0), (i.resolved_at, 0, 1)) AS t (at, opened, resolved)
  WHERE reporting.is_selected(i.environment, i.production, environments)
    AND COALESCE(i.resolved_at, 'infinity') >= range_start AND i.opened_at < range_end
    AND t.at >= range_start AND t.at < range_end
$$;

-- Incidents open at the end of each bucket that has any.
CREATE FUNCTION reporting.incidents_open_of_rows(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text,
  by_pipeline boolean)
RETURNS TABLE (pipeline_id text, bucket_number integer, incidents bigint)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN by_pipeline THEN i.pipeline_id ELSE '' END, s.bucket_number, count(*)
  FROM (SELECT (SELECT reporting.bucket_ends(range_start, range_end, time_zone, bucket)) AS ends) AS b
  CROSS JOIN LATERAL reporting.open_incidents(pipelines, environments, b.ends[1], range_end) AS i
  CROSS JOIN LATERAL reporting.standing(i.opened_at, i.resolved_at, b.ends) AS s (bucket_number)
  GROUP BY 1, 2
$$;

-- The same from rolled days and the rows beside them: those opened until then, less those resolved.
CREATE FUNCTION reporting.incidents_open_of_days(
  environments text[], range_start timestamptz, range_end timestamptz, time_zone text, bucket text)
RETURNS TABLE (pipeline_id text, bucket_number integer, incidents bigint)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT '', n.bucket_number, sum(t.open)::bigint
  FROM (SELECT (SELECT reporting.bucket_ends(range_start, range_end, time_zone, bucket)) AS ends) AS b
  CROSS JOIN LATERAL generate_series(1, cardinality(b.ends)) AS n (bucket_number)
  JOIN (
    SELECT w.ended_before, sum(w.turned) AS open
    FROM (SELECT (SELECT reporting.bucket_ends(range_start, range_end, time_zone, bucket)) AS ends) AS b
    CROSS JOIN LATERAL (
      SELECT width_bucket(c.day_start, b.ends), c.incidents_opened - c.incidents_resolved
      FROM reporting.rolled_counts(environments, '-infinity', range_end, time_zone) AS c
      WHERE c.incidents_opened <> c.incidents_resolved
      UNION ALL
      SELECT width_bucket(t.at, b.ends), t.opened - t.resolved
      FROM reporting.unrolled_parts('-infinity', range_end, time_zone) AS p
      CROSS JOIN LATERAL reporting.incident_turns(environments, p.part_start, p.part_end) AS t
    ) AS w (ended_before, turned)
    GROUP BY w.ended_before
  ) AS t ON t.ended_before < n.bucket_number
  GROUP BY n.bucket_number
$$;

CREATE FUNCTION reporting.time_to_restore(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  bucket text DEFAULT NULL, by_pipeline boolean DEFAULT false, benchmark text DEFAULT 'dora-2023')
RETURNS TABLE (
  pipeline_id text, bucket_start timestamptz, bucket_end timestamptz,
  count integer, open integer, mean double precision, median double precision, p90 double precision,
  level text, level_reason text, approximate boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    t.pipeline_id, t.bucket_start, t.bucket_end,
    (t.restored).count, t.open,
    (t.restored).mean, (t.restored).median, (t.restored).p90,
    reporting.level(benchmark, 'recovery', (t.restored).median, (t.restored).count),
    reporting.level_reason((t.restored).count), t.approximate
  FROM (
    SELECT
      c.pipeline_id, c.bucket_start, c.bucket_end,
      COALESCE(o.incidents, 0)::integer AS open,
      COALESCE(x.of, reporting.statistics_of_none()) AS restored,
      COALESCE(x.approximate, false) AS approximate
    FROM reporting.cells(pipelines, range_start, range_end, time_zone, bucket, by_pipeline) AS c
    LEFT JOIN reporting.duration_statistics(
      'restore', pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS x
      ON x.pipeline_id = c.pipeline_id AND x.bucket_number = c.bucket_number
    LEFT JOIN reporting.incidents_open(
      pipelines, environments, range_start, range_end, time_zone, bucket, by_pipeline) AS o
      ON o.pipeline_id = c.pipeline_id AND o.bucket_number = c.bucket_number
    OFFSET 0
  ) AS t
$$;
