-- Facts of 50 pipelines over two years, as many as make scanning a table dearer than its index: for plans, not numbers.

-- VACUUM takes rows as visible to all, which an index-only scan needs, only if their commit is known to be on disk.
SET synchronous_commit = on;

INSERT INTO devopstic.pipelines (pipeline_id)
SELECT 'p' || p FROM generate_series(1, 50) AS p;

INSERT INTO devopstic.environments (pipeline_id, environment, baseline_finished_at, baseline_deployment_id)
SELECT 'p' || p, e, '2024-01-01', 'd0'
FROM generate_series(1, 50) AS p, unnest('{production,staging}'::text[]) AS e;

INSERT INTO devopstic.deployments (
  pipeline_id, environment, deployment_id, started_at, first_event_id, commit_id, commits, status, finished_at, failed_by,
  recovery_seconds)
SELECT
  'p' || p, e, 'd' || n, '2024-01-01'::timestamptz + n * interval '2 days', 'e' || n, 'c' || n, ARRAY['c' || n],
  CASE WHEN n % 10 = 0 THEN 'failure' ELSE 'success' END, '2024-01-01'::timestamptz + n * interval '2 days',
  CASE WHEN n % 10 = 0 THEN '{status}'::text[] ELSE '{}' END, CASE WHEN n % 10 = 0 THEN 3600 END
FROM generate_series(1, 50) AS p, unnest('{production,staging}'::text[]) AS e, generate_series(1, 400) AS n;

INSERT INTO devopstic.commits (pipeline_id, commit_id, committed_at, submitted_at, landed_at)
SELECT
  'p' || p, 'c' || n, t.at - interval '1 day', t.at - interval '1 day', t.at - interval '1 hour'
FROM generate_series(1, 50) AS p, generate_series(1, 400) AS n,
  LATERAL (SELECT '2024-01-01'::timestamptz + n * interval '2 days' AS at) AS t;

INSERT INTO devopstic.deployment_changes (
  pipeline_id, commit_id, environment, deployment_id, finished_at, bot, no_review, skewed, total_seconds, review_seconds,
  deployment_seconds, commit_to_deploy_seconds)
SELECT 'p' || p, 'c' || n, e, 'd' || n, '2024-01-01'::timestamptz + n * interval '2 days', false, true, false, 1, 0, 1, 2
FROM generate_series(1, 50) AS p, unnest('{production,staging}'::text[]) AS e, generate_series(1, 400) AS n
WHERE n % 50 <> 0;

INSERT INTO devopstic.waiting_for_production (pipeline_id, commit_id)
SELECT 'p' || p, 'c' || n
FROM generate_series(1, 50) AS p, generate_series(50, 400, 50) AS n;

INSERT INTO devopstic.incidents (pipeline_id, incident_id, environment, state, opened_at, resolved_at)
SELECT
  'p' || p, 'i' || n, 'production', 'resolved', '2024-01-01'::timestamptz + n * interval '2 days',
  '2024-01-01'::timestamptz + n * interval '2 days' + interval '1 hour'
FROM generate_series(1, 50) AS p, generate_series(1, 400) AS n;
