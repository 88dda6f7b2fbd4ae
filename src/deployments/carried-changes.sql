-- Which deployments carried a change first, each to its environment: the first that carried its commit or an alias.
CREATE FUNCTION devopstic.first_carriers(pipeline text, sha text)
RETURNS SETOF devopstic.commit_carriers
LANGUAGE sql STABLE
AS $$
  SELECT DISTINCT ON (g.environment) g.pipeline_id, g.commit_id, g.environment, g.finished_at, g.deployment_id
  FROM (
    SELECT k.pipeline_id, k.commit_id, k.environment, k.finished_at, k.deployment_id
    FROM devopstic.carriers_of(pipeline, sha) AS k
    UNION ALL
    SELECT k.pipeline_id, k.commit_id, k.environment, k.finished_at, k.deployment_id
    FROM devopstic.aliases_of(pipeline, sha) AS a
    CROSS JOIN LATERAL devopstic.carriers_of(pipeline, a.commit_id) AS k
  ) AS g
  ORDER BY g.environment, g.finished_at, g.deployment_id
$$;

-- A deployment, if it names a change: its commit or an alias.
CREATE FUNCTION devopstic.deployment_naming(pipeline text, environment_name text, deployment text, sha text)
RETURNS SETOF devopstic.placed_deployments
LANGUAGE sql STABLE
AS $$
  SELECT d.*
  FROM devopstic.deployment_of(pipeline, environment_name, deployment) AS d
  WHERE sha = ANY (d.commits)
    OR EXISTS (SELECT FROM devopstic.aliases_of(pipeline, sha) AS a WHERE a.commit_id = ANY (d.commits))
$$;

-- For how long a change was put off between its submission and an end. A draft waits for no review; only what was submitted
-- before can be drafted meanwhile.
CREATE FUNCTION devopstic.seconds_drafted(drafts tstzmultirange, submitted timestamptz, until timestamptz)
RETURNS SETOF numeric
LANGUAGE sql STABLE
AS $$
  SELECT CASE WHEN drafts IS NOT NULL AND until > submitted THEN (
    SELECT sum(extract(epoch FROM upper(d.draft) - lower(d.draft)))
    FROM unnest(drafts * tstzmultirange(tstzrange(submitted, until))) AS d (draft)
  ) END
$$;

-- metrics.md, "Lead time": a change in each environment that it came to, and how long it took. Counted rows hold their
-- durations, so that a metric reads one index and joins nothing.
CREATE FUNCTION devopstic.carried_changes_of(
  pipeline text, sha text, committed timestamptz, submitted timestamptz, approved timestamptz, drafts tstzmultirange,
  is_bot boolean, is_rework boolean)
RETURNS SETOF devopstic.deployment_changes
LANGUAGE sql STABLE
AS $$
  SELECT
    pipeline, sha, k.environment, k.deployment_id, k.finished_at, r.left_out, is_bot,
    r.left_out IS NULL AND approved IS NULL,
    r.left_out IS NULL AND LEAST(s.total, s.commit_to_deploy) < 0,
    t.total,
    t.total - t.deployment,
    t.deployment,
    CASE WHEN r.left_out IS NULL THEN GREATEST(s.commit_to_deploy, 0) END,
    is_rework AND r.left_out IS DISTINCT FROM 'before_baseline'
  FROM devopstic.first_carriers(pipeline, sha) AS k
  CROSS JOIN LATERAL (
    SELECT b.baseline_deployment_id
    FROM devopstic.environments AS b
    WHERE b.pipeline_id = pipeline AND b.environment = k.environment
    OFFSET 0
  ) AS b
  CROSS JOIN LATERAL (
    SELECT
      extract(epoch FROM k.finished_at - submitted) AS total,
      extract(epoch FROM k.finished_at - approved) AS deployment,
      extract(epoch FROM k.finished_at - committed) AS commit_to_deploy
    OFFSET 0
  ) AS s
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN k.deployment_id = b.baseline_deployment_id AND NOT EXISTS (
        SELECT FROM devopstic.deployment_naming(pipeline, k.environment, k.deployment_id, sha)
      ) THEN 'before_baseline'
      WHEN committed IS NULL THEN 'unknown_commit'
      WHEN LEAST(s.total, s.commit_to_deploy) < -300 THEN 'negative_span'
    END AS left_out
    OFFSET 0
  ) AS r
  CROSS JOIN LATERAL devopstic.seconds_drafted(drafts, submitted, LEAST(approved, k.finished_at)) AS w (seconds)
  CROSS JOIN LATERAL (
    -- An approval outside of submission and deployment is clamped into them: review + deployment = total.
    SELECT
      CASE WHEN r.left_out IS NULL THEN GREATEST(s.total, 0) - COALESCE(w.seconds, 0) END AS total,
      CASE WHEN r.left_out IS NULL THEN LEAST(GREATEST(COALESCE(s.deployment, s.total), 0), GREATEST(s.total, 0)) END
        AS deployment
    OFFSET 0
  ) AS t
$$;
