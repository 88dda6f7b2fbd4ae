-- What is meant. Dates are midnights of the time zone $1; without an end the range ends now ($2), without a beginning it
-- is 30 days long. $3 and $5 are dates, $4 and $6 instants, of the beginning and the end; $7 pipelines, $8 environments.
SELECT
  COALESCE(r.range_start, r.range_end - interval '720 hours') AS "from",
  r.range_end AS "to",
  ARRAY(
    SELECT e.environment
    FROM unnest(reporting.selected_environments($7::text[], $8::text[])) AS e (environment)
    ORDER BY e.environment COLLATE "C"
  ) AS environment_names,
  ARRAY(SELECT DISTINCT b.name FROM reporting.benchmarks AS b ORDER BY b.name) AS benchmarks
FROM (
  SELECT
    COALESCE(reporting.start_of_day($3::date, $1), $4::timestamptz) AS range_start,
    COALESCE(reporting.start_of_day($5::date, $1), $6::timestamptz, $2::timestamptz) AS range_end
) AS r
