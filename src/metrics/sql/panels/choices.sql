-- What can be chosen in a dashboard, and what a choice means. A dashboard gives the names that are ticked, none if there
-- are none, and a single null for "All".

-- Every environment that something was deployed to or broke in.
CREATE VIEW reporting.named_environments AS
SELECT e.environment, e.production
FROM reporting.environments AS e
UNION
SELECT i.environment, i.production
FROM reporting.incidents AS i;

CREATE FUNCTION reporting.chosen_pipelines(names text[])
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT NULLIF(names, ARRAY[NULL]::text[]) $$;

-- "production environments" stands for those that count as production, whatever they are called: all metrics without a
-- choice of environments are of these.
CREATE FUNCTION reporting.chosen_environments(names text[])
RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN names = ARRAY[NULL]::text[] THEN ARRAY(SELECT n.environment FROM reporting.named_environments AS n)
    WHEN names = ARRAY['production environments'] THEN NULL
    WHEN 'production environments' = ANY (names) THEN names || ARRAY(
      SELECT n.environment
      FROM reporting.named_environments AS n
      WHERE n.production)
    ELSE names
  END
$$;

-- A dashboard may give no zone, or say that it is that of the browser without saying which.
CREATE FUNCTION reporting.time_zone_of(name text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN name IN ('', 'browser') THEN 'UTC' ELSE name END $$;

-- What a dashboard offers to choose from: production as a whole, then each environment.
CREATE VIEW reporting.environment_choices AS
SELECT 1 AS place, 'Production' AS name, 'production environments' AS value
UNION ALL
SELECT DISTINCT 2, n.environment, n.environment
FROM reporting.named_environments AS n;
