-- GET /commits: newest first by committed_at, of several at one time the greatest id first; then those without a time,
-- which are known by their deployment only.
-- $1 pipelines, $2 environments, $3 from, $4 to, $5 most rows, $6–$8 the last row of the page before; null: any.
WITH visible AS (
  SELECT p.pipeline_id
  FROM devopstic.pipelines AS p
  WHERE ($1::text[] IS NULL OR p.pipeline_id = ANY ($1))
    AND ($2::text[] IS NULL OR EXISTS (
      SELECT
      FROM devopstic.environments AS v
      WHERE v.pipeline_id = p.pipeline_id AND v.environment = ANY ($2)))
), wanted AS NOT MATERIALIZED (
  SELECT c.pipeline_id, c.commit_id, c.committed_at
  FROM devopstic.commits AS c
  WHERE $2::text[] IS NULL OR EXISTS (
    SELECT
    FROM devopstic.deployment_changes AS x
    WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = devopstic.change_of(c.commit_id, c.alias_of) AND x.environment = ANY ($2)
    -- Looked up commit by commit: hashing would read the whole table for a page.
    OFFSET 0)
), timed AS NOT MATERIALIZED (
  SELECT c.pipeline_id, c.commit_id, c.committed_at
  FROM wanted AS c
  WHERE c.committed_at >= COALESCE($3::timestamptz, '-infinity')
    AND ($4::timestamptz IS NULL OR c.committed_at < $4)
    AND ($7::text IS NULL OR (c.committed_at, c.commit_id, c.pipeline_id) < ($6::timestamptz, $7, $8::text))
), bound AS MATERIALIZED (
  -- As in event-list.sql: no commit older than this can be on the page.
  SELECT c.committed_at
  FROM visible AS p
  CROSS JOIN LATERAL (
    SELECT c.committed_at
    FROM timed AS c
    WHERE c.pipeline_id = p.pipeline_id
    ORDER BY c.committed_at DESC, c.commit_id DESC
    LIMIT (SELECT 1 + 2 * $5::int / count(*) FROM visible)
  ) AS c
  ORDER BY c.committed_at DESC
  OFFSET $5::int - 1
  LIMIT 1
), newest AS MATERIALIZED (
  SELECT c.pipeline_id, c.commit_id, c.committed_at
  FROM visible AS p
  CROSS JOIN LATERAL (
    SELECT c.pipeline_id, c.commit_id, c.committed_at
    FROM timed AS c
    WHERE c.pipeline_id = p.pipeline_id
      AND c.committed_at >= COALESCE((SELECT b.committed_at FROM bound AS b), '-infinity')
    ORDER BY c.committed_at DESC, c.commit_id DESC
    LIMIT $5
  ) AS c
  ORDER BY c.committed_at DESC, c.commit_id DESC, c.pipeline_id DESC
  LIMIT $5
), untimed AS (
  SELECT c.pipeline_id, c.commit_id, c.committed_at
  FROM visible AS p
  CROSS JOIN LATERAL (
    SELECT c.pipeline_id, c.commit_id, c.committed_at
    FROM wanted AS c
    WHERE c.pipeline_id = p.pipeline_id
      AND c.committed_at IS NULL
      AND ($7::text IS NULL OR $6::timestamptz IS NOT NULL OR (c.commit_id, c.pipeline_id) < ($7, $8::text))
    ORDER BY c.commit_id DESC
    LIMIT $5
  ) AS c
  WHERE $3::timestamptz IS NULL AND $4::timestamptz IS NULL
    AND (SELECT count(*) FROM newest) < $5
), listed AS (
  SELECT n.pipeline_id, n.commit_id, n.committed_at FROM newest AS n
  UNION ALL
  SELECT u.pipeline_id, u.commit_id, u.committed_at FROM untimed AS u
  ORDER BY committed_at DESC NULLS LAST, commit_id DESC, pipeline_id DESC
  LIMIT $5
)
SELECT
  c.pipeline_id,
  c.commit_id,
  CASE
    WHEN d.deployments IS NOT NULL THEN 'deployed'
    WHEN change.approved_at IS NOT NULL THEN 'approved'
    WHEN COALESCE(change.first_submit_at, change.inherited_submit_at) IS NOT NULL THEN 'submitted'
    ELSE 'committed'
  END AS state,
  c.alias_of,
  c.committed_at,
  c.submitted_at,
  devopstic.approved_at(c.approved_at, c.review_approved_at) AS approved_at,
  c.landed_at,
  c.first_review_at,
  c.first_approval_at,
  c.parents,
  c.pull_request_ids::double precision[],
  c.reverts,
  c.bot,
  c.rework,
  c.outside,
  c.url,
  COALESCE(d.deployments, '[]') AS deployments
FROM listed AS l
JOIN devopstic.commits AS c ON c.pipeline_id = l.pipeline_id AND c.commit_id = l.commit_id
JOIN devopstic.commits AS change
  ON change.pipeline_id = l.pipeline_id AND change.commit_id = devopstic.change_of(c.commit_id, c.alias_of)
CROSS JOIN LATERAL (
  SELECT
    json_agg(json_build_object(
      'environment', x.environment,
      'deployment_id', x.deployment_id,
      'finished_at', to_char(x.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'left_out', x.left_out,
      'no_review', x.no_review,
      'skewed', x.skewed,
      'total_seconds', x.total_seconds,
      'review_seconds', x.review_seconds,
      'deployment_seconds', x.deployment_seconds,
      'commit_to_deploy_seconds', x.commit_to_deploy_seconds
    ) ORDER BY x.finished_at, x.environment) AS deployments
  FROM devopstic.deployment_changes AS x
  WHERE x.pipeline_id = change.pipeline_id AND x.commit_id = change.commit_id
) AS d
ORDER BY c.committed_at DESC NULLS LAST, c.commit_id DESC, c.pipeline_id DESC
