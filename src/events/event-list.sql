-- GET /events: newest first; of several at one time the one with the greatest id is the latest.
-- $1 pipelines, $2 environments, $3 from, $4 to, $5 most rows, $6–$8 the last row of the page before, $9 type; null: any.
WITH visible AS (
  SELECT p.pipeline_id
  FROM devopstic.pipelines AS p
  WHERE $1::text[] IS NULL OR p.pipeline_id = ANY ($1)
), wanted AS NOT MATERIALIZED (
  SELECT e.*
  FROM devopstic.events AS e
  WHERE ($2::text[] IS NULL OR e.environment = ANY ($2))
    -- Not "IS NULL OR": only a comparison lets the planner use the partial index on occurred_at.
    AND e.occurred_at >= COALESCE($3::timestamptz, '-infinity')
    AND ($4::timestamptz IS NULL OR e.occurred_at < $4)
    AND ($6::timestamptz IS NULL OR (e.occurred_at, e.id, e.pipeline_id) < ($6, $7::text, $8::text))
    AND ($9::text IS NULL OR e.type = $9)
), bound AS MATERIALIZED (
  -- The newest few of each pipeline are at least $5 rows in all, if there are so many: none older than the $5-th of
  -- them can be on the page. So a page costs about its own rows and one look a pipeline, not $5 rows a pipeline.
  SELECT e.occurred_at
  FROM visible AS p
  CROSS JOIN LATERAL (
    SELECT e.occurred_at
    FROM wanted AS e
    WHERE e.pipeline_id = p.pipeline_id
    ORDER BY e.occurred_at DESC, e.id DESC
    LIMIT (SELECT 1 + 2 * $5::int / count(*) FROM visible)
  ) AS e
  ORDER BY e.occurred_at DESC
  OFFSET $5::int - 1
  LIMIT 1
)
-- Filled in from the table of fields, by event-list.ts.
SELECT /* columns */
FROM visible AS p
CROSS JOIN LATERAL (
  SELECT e.*
  FROM wanted AS e
  WHERE e.pipeline_id = p.pipeline_id
    AND e.occurred_at >= COALESCE((SELECT b.occurred_at FROM bound AS b), '-infinity')
  ORDER BY e.occurred_at DESC, e.id DESC
  LIMIT $5
) AS e
ORDER BY e.occurred_at DESC, e.id DESC, e.pipeline_id DESC
LIMIT $5
