-- metrics.md: what is said of durations. All of it comes from the values themselves, never from averages of averages;
-- of no values the count is 0 and the rest unknown.
CREATE FUNCTION reporting.statistics_of(durations double precision[])
RETURNS reporting.statistics
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT ROW(
    count(d.seconds)::integer,
    avg(d.seconds),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY d.seconds),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY d.seconds))::reporting.statistics
  FROM unnest(durations) AS d (seconds)
$$;

CREATE AGGREGATE reporting.statistics(double precision) (
  SFUNC = array_append,
  STYPE = double precision[],
  FINALFUNC = reporting.statistics_of,
  PARALLEL = SAFE
);
