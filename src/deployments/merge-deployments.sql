-- The commits that successful deployments name, with where those stand.
CREATE FUNCTION devopstic.commits_named(places devopstic.deployment_place[])
RETURNS SETOF devopstic.carrier
LANGUAGE sql STABLE
AS $$
  SELECT d.pipeline_id, d.environment, n.commit_id, d.finished_at, d.deployment_id
  FROM unnest(places) AS p
  CROSS JOIN LATERAL devopstic.deployment_of(p.pipeline_id, p.environment, p.deployment_id) AS d
  CROSS JOIN LATERAL unnest(d.commits) AS n (commit_id)
  WHERE d.status = 'success'
$$;

-- Level 1 of deployments: the first time of each status, the commits named. Returns where the touched deployments
-- stood in the order of their environment, before and now.
CREATE FUNCTION devopstic.merge_deployments(fresh devopstic.events[])
RETURNS devopstic.deployment_place[]
LANGUAGE plpgsql
AS $$
DECLARE
  old_places devopstic.deployment_place[];
  new_places devopstic.deployment_place[];
BEGIN
  IF NOT EXISTS (SELECT FROM unnest(fresh) AS e WHERE e.type = 'deploy') THEN
    RETURN NULL;
  END IF;

  SELECT array_agg(DISTINCT ROW(d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status)::devopstic.deployment_place)
  INTO old_places
  FROM unnest(fresh) AS e
  CROSS JOIN LATERAL devopstic.deployment_of(e.pipeline_id, e.environment, COALESCE(e.deployment_id, e.id)) AS d
  WHERE e.type = 'deploy';

  INSERT INTO devopstic.environments (pipeline_id, environment)
  SELECT DISTINCT e.pipeline_id, e.environment
  FROM unnest(fresh) AS e
  WHERE e.type = 'deploy'
  ORDER BY e.pipeline_id, e.environment
  ON CONFLICT ON CONSTRAINT environments_pkey DO NOTHING;

  WITH merged AS (
    INSERT INTO devopstic.deployments AS d (
      pipeline_id, environment, deployment_id, success_at, failure_at, canceled_at, started_at, first_event_id,
      commit_id, commits, flagged_rollback, flagged_rework, url, status, finished_at)
    SELECT
      m.pipeline_id, m.environment, m.deployment_id, m.success_at, m.failure_at, m.canceled_at, m.started_at,
      m.first_event_id, m.commit_id, m.commits, m.flagged_rollback, m.flagged_rework, m.url,
      devopstic.deployment_status(m.success_at, m.failure_at, m.canceled_at),
      devopstic.finished_at(m.success_at, m.failure_at, m.canceled_at)
    FROM (
      SELECT
        e.pipeline_id,
        e.environment,
        COALESCE(e.deployment_id, e.id) AS deployment_id,
        min(e.occurred_at) FILTER (WHERE e.status = 'success') AS success_at,
        min(e.occurred_at) FILTER (WHERE e.status = 'failure') AS failure_at,
        min(e.occurred_at) FILTER (WHERE e.status = 'canceled') AS canceled_at,
        min(e.occurred_at) AS started_at,
        (array_agg(e.id ORDER BY e.occurred_at, e.id))[1] AS first_event_id,
        (array_agg(e.commit_id ORDER BY e.occurred_at, e.id))[1] AS commit_id,
        array_agg(DISTINCT n.commit_id) AS commits,
        bool_or(COALESCE(e.rollback, false)) AS flagged_rollback,
        bool_or(COALESCE(e.rework, false)) AS flagged_rework,
        min(e.url COLLATE "C") AS url
      FROM unnest(fresh) AS e
      CROSS JOIN LATERAL unnest(e.commit_id || e.commits) AS n (commit_id)
      WHERE e.type = 'deploy'
      GROUP BY e.pipeline_id, e.environment, COALESCE(e.deployment_id, e.id)
    ) AS m
    ORDER BY m.pipeline_id, m.environment, m.deployment_id
    ON CONFLICT ON CONSTRAINT deployments_pkey DO UPDATE SET
      success_at = LEAST(d.success_at, excluded.success_at),
      failure_at = LEAST(d.failure_at, excluded.failure_at),
      canceled_at = LEAST(d.canceled_at, excluded.canceled_at),
      started_at = LEAST(d.started_at, excluded.started_at),
      first_event_id = CASE
        WHEN (excluded.started_at, excluded.first_event_id) < (d.started_at, d.first_event_id) THEN excluded.first_event_id
        ELSE d.first_event_id END,
      commit_id = CASE
        WHEN (excluded.started_at, excluded.first_event_id) < (d.started_at, d.first_event_id) THEN excluded.commit_id
        ELSE d.commit_id END,
      commits = devopstic.united(d.commits, excluded.commits),
      flagged_rollback = d.flagged_rollback OR excluded.flagged_rollback,
      flagged_rework = d.flagged_rework OR excluded.flagged_rework,
      url = LEAST(d.url, excluded.url),
      status = devopstic.deployment_status(
        LEAST(d.success_at, excluded.success_at),
        LEAST(d.failure_at, excluded.failure_at),
        LEAST(d.canceled_at, excluded.canceled_at)),
      finished_at = devopstic.finished_at(
        LEAST(d.success_at, excluded.success_at),
        LEAST(d.failure_at, excluded.failure_at),
        LEAST(d.canceled_at, excluded.canceled_at))
    RETURNING d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status
  )
  SELECT array_agg(ROW(m.pipeline_id, m.environment, m.deployment_id, m.finished_at, m.status)::devopstic.deployment_place)
  INTO new_places
  FROM merged AS m;

  -- What a successful deployment names is a commit, even if nothing else is known of it.
  INSERT INTO devopstic.commits (pipeline_id, commit_id)
  SELECT DISTINCT n.pipeline_id, n.commit_id
  FROM devopstic.commits_named(new_places) AS n
  ORDER BY n.pipeline_id, n.commit_id
  ON CONFLICT ON CONSTRAINT commits_pkey DO NOTHING;

  RETURN old_places || new_places;
END
$$;
