-- metrics.md, Levels: the best level of a named benchmark whose bound the value keeps. None without a value, and none
-- for fewer than five values, which are too few to judge by.
CREATE FUNCTION reporting.level(benchmark text, metric text, value double precision, sample integer)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT b.level
  FROM reporting.benchmarks AS b
  WHERE b.name = level.benchmark AND b.metric = level.metric
    AND level.sample >= 5
    AND CASE b.comparison
      WHEN '>=' THEN level.value >= b.bound
      WHEN '<=' THEN level.value <= b.bound
      WHEN '<' THEN level.value < b.bound
      ELSE level.value IS NOT NULL
    END
  ORDER BY b.rank
  LIMIT 1
$$;

CREATE FUNCTION reporting.level_reason(sample integer)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN sample BETWEEN 1 AND 4 THEN 'small_sample' END $$;
