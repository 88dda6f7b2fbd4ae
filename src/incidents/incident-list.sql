-- GET /incidents: those open at some instant of the range, newest first by opened_at; of several at one time the
-- greatest id first.
-- $1 pipelines, $2 environments, $3 from, $4 to, $5 most rows, $6–$8 the last row of the page before; null: any.
WITH visible AS (
  SELECT p.pipeline_id
  FROM devopstic.pipelines AS p
  WHERE $1::text[] IS NULL OR p.pipeline_id = ANY ($1)
), wanted AS NOT MATERIALIZED (
  SELECT i.pipeline_id, i.incident_id, i.opened_at
  FROM devopstic.incidents AS i
  WHERE ($2::text[] IS NULL OR i.environment = ANY ($2))
    AND i.opened_at >= COALESCE($3::timestamptz, '-infinity')
    AND ($4::timestamptz IS NULL OR i.opened_at < $4)
    AND ($6::timestamptz IS NULL OR (i.opened_at, i.incident_id, i.pipeline_id) < ($6, $7::text, $8::text))
), bound AS MATERIALIZED (
  -- As in event-list.sql: no incident older than this can be on the page.
  SELECT i.opened_at
  FROM visible AS p
  CROSS JOIN LATERAL (
    SELECT i.opened_at
    FROM wanted AS i
    WHERE i.pipeline_id = p.pipeline_id
    ORDER BY i.opened_at DESC, i.incident_id DESC
    LIMIT (SELECT 1 + 2 * $5::int / count(*) FROM visible)
  ) AS i
  ORDER BY i.opened_at DESC
  OFFSET $5::int - 1
  LIMIT 1
), newest AS (
  SELECT i.pipeline_id, i.incident_id, i.opened_at
  FROM visible AS p
  CROSS JOIN LATERAL (
    SELECT i.pipeline_id, i.incident_id, i.opened_at
    FROM wanted AS i
    WHERE i.pipeline_id = p.pipeline_id
      AND i.opened_at >= COALESCE((SELECT b.opened_at FROM bound AS b), '-infinity')
    ORDER BY i.opened_at DESC, i.incident_id DESC
    LIMIT $5
  ) AS i
), lasting AS (
  -- Few: opened before the range, and not over when it began. Of some pipelines, an index has them by their end.
  SELECT i.pipeline_id, i.incident_id, i.opened_at
  FROM visible AS p
  JOIN devopstic.incidents AS i ON i.pipeline_id = p.pipeline_id
  WHERE i.opened_at < $3
    AND COALESCE(i.resolved_at, 'infinity') >= $3
    AND ($2::text[] IS NULL OR i.environment = ANY ($2))
    AND ($6::timestamptz IS NULL OR (i.opened_at, i.incident_id, i.pipeline_id) < ($6, $7::text, $8::text))
), listed AS MATERIALIZED (
  SELECT n.pipeline_id, n.incident_id, n.opened_at FROM newest AS n
  UNION ALL
  SELECT l.pipeline_id, l.incident_id, l.opened_at FROM lasting AS l
  ORDER BY opened_at DESC, incident_id DESC, pipeline_id DESC
  LIMIT $5
)
SELECT
  i.pipeline_id,
  i.incident_id,
  i.environment,
  i.state,
  i.opened_at,
  i.resolved_at,
  extract(epoch FROM i.resolved_at - i.opened_at)::double precision AS duration_seconds,
  i.blamed_deployment_id,
  i.blamed_commit_id,
  i.cause_method,
  i.cause_environment,
  i.cause_deployment_id,
  i.url
FROM listed AS l
JOIN devopstic.incidents AS i ON i.pipeline_id = l.pipeline_id AND i.incident_id = l.incident_id
ORDER BY i.opened_at DESC, i.incident_id DESC, i.pipeline_id DESC
