-- domain.md, "What a deployment carries", and metrics.md, "Lead time details": which change came first with which
-- deployment to each environment, and how long it took. Counted rows hold their durations, so that a metric reads one
-- index and joins nothing. Returns the deployments that carry a change for rework, or did until now.
CREATE FUNCTION devopstic.derive_changes(
  fresh devopstic.events[], moved devopstic.deployment_place[], realiased devopstic.commit_key[],
  carried devopstic.carrier[], rebased devopstic.commit_key[])
RETURNS devopstic.deployment_place[]
LANGUAGE plpgsql
AS $$
DECLARE
  production text := (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = 'production_environments');
  arrived devopstic.commit_key[];
  landed devopstic.commit_key[];
  -- Changes that may not be what they were, or not of this pipeline any more.
  left_behind devopstic.commit_key[];
  reworked devopstic.deployment_place[];
  reworking devopstic.deployment_place[];
BEGIN
  -- Carriers never vanish, but a commit that joins or leaves a change takes its carriers along.
  SELECT array_agg(ROW(k.pipeline_id, k.commit_id)::devopstic.commit_key)
  INTO left_behind
  FROM (
    SELECT k.pipeline_id, k.commit_id
    FROM unnest(realiased) AS k
    UNION ALL
    SELECT c.pipeline_id, COALESCE(c.alias_of, c.commit_id)
    FROM unnest(fresh) AS e
    CROSS JOIN LATERAL (
      SELECT c.pipeline_id, c.commit_id, c.alias_of
      FROM devopstic.commits AS c
      WHERE c.pipeline_id = e.pipeline_id AND c.commit_id = e.commit_id
      OFFSET 0
    ) AS c
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

  WITH commits AS (
    -- Each is looked up once, however often it was told of.
    SELECT k.pipeline_id, k.commit_id, bool_or(k.told) AS told
    FROM (
      SELECT e.pipeline_id, e.commit_id, true
      FROM unnest(fresh) AS e
      WHERE e.type IN ('commit', 'submit', 'approve')
      UNION ALL
      SELECT d.pipeline_id, n.commit_id, false
      FROM unnest(moved) AS p
      CROSS JOIN LATERAL (
        SELECT d.pipeline_id, d.status, d.commits
        FROM devopstic.deployments AS d
        WHERE d.pipeline_id = p.pipeline_id AND d.environment = p.environment AND d.deployment_id = p.deployment_id
        OFFSET 0
      ) AS d
      CROSS JOIN LATERAL unnest(d.commits) AS n (commit_id)
      WHERE d.status = 'success'
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
      LEAST(c.review_approved_at, c.approved_at) AS approved_at,
      -- Of what was told of or changed hands: since when it may wait, or may have waited until now.
      CASE WHEN t.told THEN LEAST(t.landed_at, c.first_landed_at, c.approved_at) END AS landed_at,
      t.told AND c.landed_at IS NOT NULL AS landed
    FROM (
      SELECT
        c.pipeline_id, COALESCE(c.alias_of, c.commit_id) AS commit_id, bool_or(k.told) AS told,
        min(LEAST(c.first_landed_at, c.approved_at)) FILTER (WHERE k.told) AS landed_at
      FROM commits AS k
      CROSS JOIN LATERAL (
        SELECT c.pipeline_id, c.commit_id, c.alias_of, c.first_landed_at, c.approved_at
        FROM devopstic.commits AS c
        WHERE c.pipeline_id = k.pipeline_id AND c.commit_id = k.commit_id
        OFFSET 0
      ) AS c
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
    SELECT DISTINCT date_bin('1 hour', t.landed_at, '2000-01-01T00:00:00Z')
    FROM touched AS t
    WHERE t.landed_at IS NOT NULL
  ), written AS (
    INSERT INTO devopstic.deployment_changes AS x (
      pipeline_id, commit_id, environment, deployment_id, finished_at, left_out, bot, no_review, skewed,
      total_seconds, review_seconds, deployment_seconds, commit_to_deploy_seconds, rework)
    SELECT
      c.pipeline_id, c.commit_id, k.environment, k.deployment_id, k.finished_at, r.left_out, c.bot,
      r.left_out IS NULL AND c.approved_at IS NULL,
      r.left_out IS NULL AND LEAST(s.total, s.commit_to_deploy) < 0,
      t.total,
      t.total - t.deployment,
      t.deployment,
      CASE WHEN r.left_out IS NULL THEN GREATEST(s.commit_to_deploy, 0) END,
      c.rework AND r.left_out IS DISTINCT FROM 'before_baseline'
    FROM touched AS c
    CROSS JOIN LATERAL (
      SELECT DISTINCT ON (g.environment) g.environment, g.finished_at, g.deployment_id
      FROM (
        SELECT k.environment, k.finished_at, k.deployment_id
        FROM devopstic.commit_carriers AS k
        WHERE k.pipeline_id = c.pipeline_id AND k.commit_id = c.commit_id
        UNION ALL
        SELECT k.environment, k.finished_at, k.deployment_id
        FROM (
          SELECT a.commit_id
          FROM devopstic.commits AS a
          WHERE a.pipeline_id = c.pipeline_id AND a.alias_of BETWEEN c.commit_id AND c.commit_id
          ORDER BY a.alias_of
          OFFSET 0
        ) AS a
        CROSS JOIN LATERAL (
          SELECT k.environment, k.finished_at, k.deployment_id
          FROM devopstic.commit_carriers AS k
          WHERE k.pipeline_id = c.pipeline_id AND k.commit_id = a.commit_id
          OFFSET 0
        ) AS k
      ) AS g
      ORDER BY g.environment, g.finished_at, g.deployment_id
    ) AS k
    CROSS JOIN LATERAL (
      SELECT b.baseline_deployment_id
      FROM devopstic.environments AS b
      WHERE b.pipeline_id = c.pipeline_id AND b.environment = k.environment
      OFFSET 0
    ) AS b
    CROSS JOIN LATERAL (
      SELECT
        extract(epoch FROM k.finished_at - c.submitted_at) AS total,
        extract(epoch FROM k.finished_at - c.approved_at) AS deployment,
        extract(epoch FROM k.finished_at - c.committed_at) AS commit_to_deploy
      OFFSET 0
    ) AS s
    CROSS JOIN LATERAL (
      SELECT CASE
        WHEN k.deployment_id = b.baseline_deployment_id AND NOT EXISTS (
          SELECT
          FROM devopstic.deployments AS d
          WHERE d.pipeline_id = c.pipeline_id AND d.environment = k.environment AND d.deployment_id = k.deployment_id
            AND (c.commit_id = ANY (d.commits) OR EXISTS (
              SELECT
              FROM (
                SELECT a.commit_id
                FROM devopstic.commits AS a
                WHERE a.pipeline_id = c.pipeline_id AND a.alias_of BETWEEN c.commit_id AND c.commit_id
                ORDER BY a.alias_of
                OFFSET 0
              ) AS a
              WHERE a.commit_id = ANY (d.commits)))
        ) THEN 'before_baseline'
        WHEN c.committed_at IS NULL THEN 'unknown_commit'
        WHEN LEAST(s.total, s.commit_to_deploy) < -300 THEN 'negative_span'
      END AS left_out
      OFFSET 0
    ) AS r
    CROSS JOIN LATERAL (
      -- An approval outside of submission and deployment is clamped into them: review + deployment = total.
      SELECT
        GREATEST(s.total, 0) - COALESCE(w.seconds, 0) AS total,
        LEAST(GREATEST(COALESCE(s.deployment, s.total), 0), GREATEST(s.total, 0)) AS deployment
      FROM (
        -- A draft waits for no review. Only one that was submitted and approved, in this order, can be drafted meanwhile.
        SELECT CASE WHEN c.drafts IS NOT NULL AND LEAST(c.approved_at, k.finished_at) > c.submitted_at THEN (
          SELECT sum(extract(epoch FROM upper(d.draft) - lower(d.draft)))
          FROM unnest(c.drafts * tstzmultirange(tstzrange(c.submitted_at, LEAST(c.approved_at, k.finished_at)))) AS d (draft)
        ) END AS seconds
      ) AS w
      WHERE r.left_out IS NULL
      UNION ALL
      SELECT NULL, NULL
      WHERE r.left_out IS NOT NULL
    ) AS t
    WHERE NOT c.outside
    ORDER BY c.pipeline_id, c.commit_id, k.environment
    ON CONFLICT ON CONSTRAINT deployment_changes_pkey DO UPDATE SET
      deployment_id = excluded.deployment_id,
      finished_at = excluded.finished_at,
      left_out = excluded.left_out,
      bot = excluded.bot,
      no_review = excluded.no_review,
      skewed = excluded.skewed,
      total_seconds = excluded.total_seconds,
      review_seconds = excluded.review_seconds,
      deployment_seconds = excluded.deployment_seconds,
      commit_to_deploy_seconds = excluded.commit_to_deploy_seconds,
      rework = excluded.rework
    WHERE (x.deployment_id, x.finished_at, x.left_out, x.bot, x.no_review, x.skewed,
        x.total_seconds, x.review_seconds, x.deployment_seconds, x.commit_to_deploy_seconds, x.rework)
      IS DISTINCT FROM (excluded.deployment_id, excluded.finished_at, excluded.left_out, excluded.bot, excluded.no_review,
        excluded.skewed, excluded.total_seconds, excluded.review_seconds, excluded.deployment_seconds,
        excluded.commit_to_deploy_seconds, excluded.rework)
    RETURNING x.pipeline_id, x.commit_id, x.environment, x.deployment_id, x.rework
  ), rework AS (
    SELECT w.pipeline_id, w.environment, w.deployment_id
    FROM written AS w
    WHERE w.rework
    UNION ALL
    -- What carried it until now.
    SELECT x.pipeline_id, x.environment, x.deployment_id
    FROM touched AS t
    CROSS JOIN LATERAL (
      SELECT x.pipeline_id, x.environment, x.deployment_id, x.rework
      FROM devopstic.deployment_changes AS x
      WHERE x.pipeline_id = t.pipeline_id AND x.commit_id = t.commit_id
      OFFSET 0
    ) AS x
    WHERE t.rework AND x.rework
  )
  SELECT
    (SELECT array_agg(ROW(w.pipeline_id, w.commit_id)::devopstic.commit_key)
     FROM written AS w
     WHERE w.environment ~* production),
    (SELECT array_agg(ROW(t.pipeline_id, t.commit_id)::devopstic.commit_key)
     FROM touched AS t
     WHERE t.landed),
    (SELECT array_agg(ROW(r.pipeline_id, r.environment, r.deployment_id, NULL, NULL)::devopstic.deployment_place)
     FROM rework AS r)
  INTO arrived, landed, reworking;

  PERFORM devopstic.derive_waiting(landed, arrived || left_behind);
  RETURN reworked || reworking;
END
$$;
