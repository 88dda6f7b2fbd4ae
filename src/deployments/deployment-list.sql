-- GET /deployments: newest first by finished_at, in progress by started_at; of several at one time the greatest id first.
-- $1 pipelines, $2 environments, $3 from, $4 to, $5 most rows, $6–$9 the last row of the page before; null: any.
WITH places AS (
  SELECT v.pipeline_id, v.environment
  FROM devopstic.environments AS v
  WHERE ($1::text[] IS NULL OR v.pipeline_id = ANY ($1))
    AND ($2::text[] IS NULL OR v.environment = ANY ($2))
), finished AS NOT MATERIALIZED (
  SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at AS at
  FROM devopstic.deployments AS d
  WHERE d.finished_at >= COALESCE($3::timestamptz, '-infinity')
    AND ($4::timestamptz IS NULL OR d.finished_at < $4)
    AND ($6::timestamptz IS NULL
      OR (d.finished_at, d.deployment_id, d.environment, d.pipeline_id) < ($6, $7::text, $8::text, $9::text))
), bound AS MATERIALIZED (
  -- As in event-list.sql: no deployment older than this can be on the page.
  SELECT d.at
  FROM places AS v
  CROSS JOIN LATERAL (
    SELECT d.at
    FROM finished AS d
    WHERE d.pipeline_id = v.pipeline_id AND d.environment = v.environment
    ORDER BY d.at DESC, d.deployment_id DESC
    LIMIT (SELECT 1 + 2 * $5::int / count(*) FROM places)
  ) AS d
  ORDER BY d.at DESC
  OFFSET $5::int - 1
  LIMIT 1
), newest AS (
  SELECT d.pipeline_id, d.environment, d.deployment_id, d.at
  FROM places AS v
  CROSS JOIN LATERAL (
    SELECT d.pipeline_id, d.environment, d.deployment_id, d.at
    FROM finished AS d
    WHERE d.pipeline_id = v.pipeline_id AND d.environment = v.environment
      AND d.at >= COALESCE((SELECT b.at FROM bound AS b), '-infinity')
    ORDER BY d.at DESC, d.deployment_id DESC
    LIMIT $5
  ) AS d
), unfinished AS (
  -- Few: a partial index has them.
  SELECT d.pipeline_id, d.environment, d.deployment_id, d.started_at AS at
  FROM places AS v
  JOIN devopstic.deployments AS d ON d.pipeline_id = v.pipeline_id AND d.environment = v.environment
  WHERE d.finished_at IS NULL
    AND d.started_at >= COALESCE((SELECT b.at FROM bound AS b), '-infinity')
    AND ($3::timestamptz IS NULL OR d.started_at >= $3)
    AND ($4::timestamptz IS NULL OR d.started_at < $4)
    AND ($6::timestamptz IS NULL
      OR (d.started_at, d.deployment_id, d.environment, d.pipeline_id) < ($6, $7::text, $8::text, $9::text))
), listed AS MATERIALIZED (
  SELECT n.pipeline_id, n.environment, n.deployment_id, n.at FROM newest AS n
  UNION ALL
  SELECT u.pipeline_id, u.environment, u.deployment_id, u.at FROM unfinished AS u
  ORDER BY at DESC, deployment_id DESC, environment DESC, pipeline_id DESC
  LIMIT $5
)
SELECT
  d.pipeline_id,
  d.environment,
  d.deployment_id,
  d.status,
  d.started_at,
  d.finished_at,
  d.commit_id,
  d.commits,
  v.baseline_deployment_id IS NOT DISTINCT FROM d.deployment_id AS baseline,
  d.rollback,
  d.rework,
  d.failed_by,
  d.recovered_at,
  d.recovery_seconds,
  d.url,
  carried.count AS carried_count,
  COALESCE(carried.changes, '[]') AS carried,
  caused.incidents
FROM listed AS l
JOIN devopstic.deployments AS d
  ON d.pipeline_id = l.pipeline_id AND d.environment = l.environment AND d.deployment_id = l.deployment_id
JOIN devopstic.environments AS v ON v.pipeline_id = l.pipeline_id AND v.environment = l.environment
CROSS JOIN LATERAL (
  SELECT
    count(*)::int AS count,
    json_agg(json_build_object(
      'commit_id', x.commit_id,
      'left_out', x.left_out,
      'bot', x.bot,
      'no_review', x.no_review,
      'skewed', x.skewed,
      'total_seconds', x.total_seconds,
      'review_seconds', x.review_seconds,
      'deployment_seconds', x.deployment_seconds,
      'commit_to_deploy_seconds', x.commit_to_deploy_seconds
    ) ORDER BY x.place) FILTER (WHERE x.place <= 20) AS changes
  FROM (
    SELECT
      x.commit_id, x.left_out, x.bot, x.no_review, x.skewed,
      x.total_seconds, x.review_seconds, x.deployment_seconds, x.commit_to_deploy_seconds,
      row_number() OVER (ORDER BY x.left_out IS NOT NULL, x.commit_id) AS place
    FROM devopstic.deployment_changes AS x
    WHERE x.pipeline_id = d.pipeline_id AND x.environment = d.environment
      AND x.finished_at = d.finished_at AND x.deployment_id = d.deployment_id
  ) AS x
) AS carried
CROSS JOIN LATERAL (
  SELECT COALESCE(array_agg(i.incident_id ORDER BY i.opened_at, i.incident_id), '{}') AS incidents
  FROM devopstic.incidents AS i
  WHERE i.pipeline_id = d.pipeline_id AND i.cause_environment = d.environment AND i.cause_deployment_id = d.deployment_id
) AS caused
ORDER BY l.at DESC, l.deployment_id DESC, l.environment DESC, l.pipeline_id DESC
