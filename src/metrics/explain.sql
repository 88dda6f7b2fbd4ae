-- GET /dora/explain: how many rows count, how many do not and why, and one page of them: those that count first, the
-- newest of each first. $5 is how many rows to read, $6 to $8 the sort key of the last row of the page before.
WITH candidates AS MATERIALIZED (
  SELECT
    e.*,
    COALESCE((extract(epoch FROM e.at) * 1000000)::bigint, 0) AS moment,
    ARRAY[e.kind, e.pipeline_id, e.environment, e.incident_id, e.deployment_id, e.commit_id] AS key
  FROM reporting.explained AS e
), page AS (
  SELECT c.*
  FROM candidates AS c
  WHERE $6::boolean IS NULL
    OR c.used < $6
    OR c.used = $6 AND c.moment < $7::bigint
    OR c.used = $6 AND c.moment = $7 AND c.key > $8::text[]
  ORDER BY c.used DESC, c.moment DESC, c.key
  LIMIT $5
)
SELECT
  (SELECT count(*)::integer FROM candidates AS c WHERE c.used) AS used,
  (
    SELECT COALESCE(json_object_agg(l.reason, l.rows ORDER BY l.reason), '{}')
    FROM (SELECT c.reason, count(*) AS rows FROM candidates AS c WHERE NOT c.used GROUP BY c.reason) AS l
  ) AS left_out,
  (SELECT COALESCE(json_agg(p ORDER BY p.used DESC, p.moment DESC, p.key), '[]') FROM page AS p) AS rows
