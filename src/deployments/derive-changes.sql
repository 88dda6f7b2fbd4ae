-- domain.md, "What a deployment carries": which change came first with which deployment to each environment.

-- Forgets what carried the changes that may not be what they were (`left_behind`), or not of this pipeline any more: carriers
-- never vanish, but a commit that joins or leaves a change takes its carriers along. `reworked`: the deployments that carried
-- one of them that is rework.
CREATE FUNCTION devopstic.forget_changes(
  fresh devopstic.events[], realiased devopstic.commit_key[],
  OUT left_behind devopstic.commit_key[], OUT reworked devopstic.deployment_place[])
LANGUAGE plpgsql
AS $$
BEGIN
  SELECT array_agg(ROW(k.pipeline_id, k.commit_id)::devopstic.commit_key)
  INTO left_behind
  FROM (
    SELECT k.pipeline_id, k.commit_id
    FROM unnest(realiased) AS k
    UNION ALL
    SELECT c.pipeline_id, devopstic.change_of(c.commit_id, c.alias_of)
    FROM unnest(fresh) AS e
    CROSS JOIN LATERAL devopstic.ties_of(e.pipeline_id, e.commit_id) AS c
    WHERE e.type = 'commit' AND e.outside
  ) AS k;

  WITH gone AS (
    DELETE FROM devopstic.deployment_changes AS x
    USING unnest(left_behind) AS k
    CROSS JOIN LATERAL (
      SELECT s.ctid AS place
      FROM devopstic.deployment_changes AS s
      WHERE s.pipeline_id = k.pipeline_id AND s.commit_id = k.commit_id
      OFFSET 0
    ) AS s
    WHERE x.ctid = s.place
    RETURNING x.pipeline_id, x.environment, x.deployment_id, x.rework
  )
  SELECT array_agg(ROW(g.pipeline_id, g.environment, g.deployment_id, NULL, NULL)::devopstic.deployment_place)
  INTO reworked
  FROM gone AS g
  WHERE g.rework;
END
$$;

-- Returns the deployments that carry a change for rework, or did until now.
CREATE FUNCTION devopstic.derive_changes(
  fresh devopstic.events[], moved devopstic.deployment_place[], realiased devopstic.commit_key[],
  carried devopstic.carrier[], rebased devopstic.commit_key[], production text)
RETURNS devopstic.deployment_place[]
LANGUAGE plpgsql
AS $$
DECLARE
  left_behind devopstic.commit_key[];
  reworked devopstic.deployment_place[];
  arrived devopstic.commit_key[];
  landed devopstic.commit_key[];
  reworking devopstic.deployment_place[];
BEGIN
  SELECT f.left_behind, f.reworked
  INTO left_behind, reworked
  FROM devopstic.forget_changes(fresh, realiased) AS f;

  WITH commits AS (
    -- Each is looked up once, however often it was told of.
    SELECT k.pipeline_id, k.commit_id, bool_or(k.told) AS told
    FROM (
      SELECT e.pipeline_id, e.commit_id, true FROM unnest(fresh) AS e WHERE devopstic.tells_of_commit(e.type)
      UNION ALL
      SELECT n.pipeline_id, n.commit_id, false FROM devopstic.commits_named(moved) AS n
      UNION ALL
      SELECT k.pipeline_id, k.commit_id, true FROM unnest(realiased) AS k
      UNION ALL
      SELECT k.pipeline_id, k.commit_id, false FROM unnest(carried) AS k
      UNION ALL
      SELECT k.pipeline_id, k.commit_id, false FROM unnest(rebased) AS k
    ) AS k (pipeline_id, commit_id, told)
    GROUP BY k.pipeline_id, k.commit_id
  ), touched AS MATERIALIZED (
    SELECT
      c.pipeline_id, c.commit_id, c.committed_at, c.submitted_at, c.bot, c.rework, c.outside, c.drafts,
      devopstic.approved_at(c.approved_at, c.review_approved_at) AS approved_at,
      -- Of what was told of or changed hands: since when it may wait, or may have waited until now.
      CASE WHEN t.told THEN LEAST(t.landed_at, c.first_landed_at, c.approved_at) END AS landed_at,
      t.told AND c.landed_at IS NOT NULL AS landed
    FROM (
      SELECT
        c.pipeline_id, devopstic.change_of(c.commit_id, c.alias_of) AS commit_id, bool_or(k.told) AS told,
        min(LEAST(c.first_landed_at, c.approved_at)) FILTER (WHERE k.told) AS landed_at
      FROM commits AS k
      CROSS JOIN LATERAL devopstic.ties_of(k.pipeline_id, k.commit_id) AS c
      GROUP BY 1, 2
    ) AS t
    CROSS JOIN LATERAL (
      SELECT
        c.pipeline_id, c.commit_id, c.committed_at, c.submitted_at, c.bot, c.rework, c.outside, c.drafts,
        c.review_approved_at, c.approved_at, c.first_landed_at, c.landed_at
      FROM devopstic.commits AS c
      WHERE c.pipeline_id = t.pipeline_id AND c.commit_id = t.commit_id
      OFFSET 0
    ) AS c
  ), noted AS (
    INSERT INTO devopstic.changed_hours (hour)
    SELECT DISTINCT devopstic.hour_of(t.landed_at)
    FROM touched AS t
    WHERE t.landed_at IS NOT NULL
  ), written AS (
    INSERT INTO devopstic.deployment_changes AS x (
      pipeline_id, commit_id, environment, deployment_id, finished_at, left_out, bot, no_review, skewed,
      total_seconds, review_seconds, deployment_seconds, commit_to_deploy_seconds, rework)
    SELECT n.*
    FROM touched AS c
    CROSS JOIN LATERAL devopstic.carried_changes_of(
      c.pipeline_id, c.commit_id, c.committed_at, c.submitted_at, c.approved_at, c.drafts, c.bot, c.rework) AS n
    WHERE NOT c.outside
    ORDER BY c.pipeline_id, c.commit_id, n.environment
    ON CONFLICT ON CONSTRAINT deployment_changes_pkey DO UPDATE SET
      (deployment_id, finished_at, left_out, bot, no_review, skewed,
        total_seconds, review_seconds, deployment_seconds, commit_to_deploy_seconds, rework)
      = (excluded.deployment_id, excluded.finished_at, excluded.left_out, excluded.bot, excluded.no_review, excluded.skewed,
        excluded.total_seconds, excluded.review_seconds, excluded.deployment_seconds, excluded.commit_to_deploy_seconds,
        excluded.rework)
    WHERE ROW(x.*) IS DISTINCT FROM ROW(excluded.*)
    RETURNING x.pipeline_id, x.commit_id, x.environment, x.deployment_id, x.rework
  ), rework AS (
    SELECT w.pipeline_id, w.environment, w.deployment_id
    FROM written AS w
    WHERE w.rework
    UNION ALL
    -- What carried it until now.
    SELECT x.pipeline_id, x.environment, x.deployment_id
    FROM touched AS t
    CROSS JOIN LATERAL devopstic.changes_carried(t.pipeline_id, t.commit_id) AS x
    WHERE t.rework AND x.rework
  )
  SELECT
    (SELECT array_agg(ROW(w.pipeline_id, w.commit_id)::devopstic.commit_key) FROM written AS w WHERE w.environment ~* production),
    (SELECT array_agg(ROW(t.pipeline_id, t.commit_id)::devopstic.commit_key) FROM touched AS t WHERE t.landed),
    (SELECT array_agg(ROW(r.pipeline_id, r.environment, r.deployment_id, NULL, NULL)::devopstic.deployment_place)
     FROM rework AS r)
  INTO arrived, landed, reworking;

  PERFORM devopstic.derive_waiting(landed, arrived || left_behind, production);
  RETURN reworked || reworking;
END
$$;
