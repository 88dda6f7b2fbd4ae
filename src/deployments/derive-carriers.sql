-- domain.md, "What a deployment carries": the first successful deployment to each environment that contains a commit,
-- for every SHA that is reached. It is a minimum over (finished_at, deployment_id) that flows from a commit to its
-- parents and only ever gets smaller; the walk stops where nothing gets smaller, so a cycle cannot hang it.
-- Returns the commits whose first carrier changed, with the new one.
CREATE FUNCTION devopstic.derive_carriers(fresh devopstic.events[], moved devopstic.deployment_place[])
RETURNS devopstic.carrier[]
LANGUAGE plpgsql
AS $$
DECLARE
  seeds devopstic.carrier[];
  rounds bigint[];
  reached devopstic.carrier[];
  improved devopstic.carrier[];
  low int := 1;
  high int;
BEGIN
  WITH told AS (
    SELECT n.pipeline_id, n.environment, n.commit_id, n.finished_at, n.deployment_id
    FROM devopstic.commits_named(moved) AS n
    UNION
    SELECT e.pipeline_id, k.environment, n.commit_id, k.finished_at, k.deployment_id
    FROM unnest(fresh) AS e
    CROSS JOIN LATERAL devopstic.carriers_of(e.pipeline_id, e.commit_id) AS k
    CROSS JOIN LATERAL unnest(e.parents) AS n (commit_id)
    WHERE devopstic.tells_of_commit(e.type) AND e.status = 'success'
  ), ranked AS (
    -- One round takes one deployment of each environment, the earliest first: what an earlier one carries is then
    -- settled when a later one arrives there, and every commit is written once.
    SELECT
      t.*,
      dense_rank() OVER (PARTITION BY t.pipeline_id, t.environment ORDER BY t.finished_at, t.deployment_id) AS round
    FROM told AS t
    WHERE NOT EXISTS (
      SELECT FROM devopstic.earlier_carrier(t.pipeline_id, t.commit_id, t.environment, t.finished_at, t.deployment_id))
  )
  SELECT
    array_agg(ROW(r.pipeline_id, r.environment, r.commit_id, r.finished_at, r.deployment_id)::devopstic.carrier ORDER BY r.round),
    array_agg(r.round ORDER BY r.round)
  INTO seeds, rounds
  FROM ranked AS r;

  WHILE low <= cardinality(rounds) LOOP
    high := low;
    WHILE rounds[high + 1] = rounds[low] LOOP
      high := high + 1;
    END LOOP;

    WITH RECURSIVE walk AS (
      SELECT s.pipeline_id, s.environment, s.commit_id, s.finished_at, s.deployment_id
      FROM unnest(seeds[low:high]) AS s
      WHERE NOT EXISTS (
        SELECT
        FROM devopstic.earlier_carrier(s.pipeline_id, s.commit_id, s.environment, s.finished_at, s.deployment_id))
      UNION
      SELECT w.pipeline_id, w.environment, n.commit_id, w.finished_at, w.deployment_id
      FROM walk AS w
      CROSS JOIN LATERAL devopstic.ties_of(w.pipeline_id, w.commit_id) AS c
      CROSS JOIN LATERAL unnest(c.parents) AS n (commit_id)
      WHERE NOT EXISTS (
        SELECT
        FROM devopstic.earlier_carrier(w.pipeline_id, n.commit_id, w.environment, w.finished_at, w.deployment_id))
    ), written AS (
      INSERT INTO devopstic.commit_carriers AS k (pipeline_id, commit_id, environment, finished_at, deployment_id)
      SELECT w.pipeline_id, w.commit_id, w.environment, w.finished_at, w.deployment_id
      FROM walk AS w
      ORDER BY w.pipeline_id, w.commit_id, w.environment
      ON CONFLICT ON CONSTRAINT commit_carriers_pkey DO UPDATE SET
        finished_at = excluded.finished_at,
        deployment_id = excluded.deployment_id
      RETURNING k.pipeline_id, k.environment, k.commit_id, k.finished_at, k.deployment_id
    )
    SELECT array_agg(ROW(w.pipeline_id, w.environment, w.commit_id, w.finished_at, w.deployment_id)::devopstic.carrier)
    INTO improved
    FROM written AS w;

    reached := reached || improved;
    low := high + 1;
  END LOOP;

  RETURN reached;
END
$$;

-- The baseline of an environment is its first successful deployment. Returns the changes that a former baseline
-- carries: what was history before we watched may now count, and the other way round.
CREATE FUNCTION devopstic.derive_baselines(moved devopstic.deployment_place[])
RETURNS devopstic.commit_key[]
LANGUAGE plpgsql
AS $$
DECLARE
  changes devopstic.commit_key[];
BEGIN
  WITH firsts AS (
    SELECT DISTINCT ON (d.pipeline_id, d.environment) d.pipeline_id, d.environment, d.finished_at, d.deployment_id
    FROM unnest(moved) AS p
    CROSS JOIN LATERAL devopstic.deployment_of(p.pipeline_id, p.environment, p.deployment_id) AS d
    WHERE d.status = 'success'
    ORDER BY d.pipeline_id, d.environment, d.finished_at, d.deployment_id
  ), replaced AS (
    UPDATE devopstic.environments AS b
    SET baseline_finished_at = f.finished_at,
        baseline_deployment_id = f.deployment_id
    FROM firsts AS f
    CROSS JOIN LATERAL (
      SELECT o.baseline_finished_at, o.baseline_deployment_id, o.ctid AS place
      FROM devopstic.environments AS o
      WHERE o.pipeline_id = f.pipeline_id AND o.environment = f.environment
      OFFSET 0
    ) AS old
    WHERE b.ctid = old.place
      AND (old.baseline_finished_at IS NULL
        OR (f.finished_at, f.deployment_id) < (old.baseline_finished_at, old.baseline_deployment_id))
    RETURNING b.pipeline_id, b.environment, old.baseline_finished_at AS finished_at, old.baseline_deployment_id AS deployment_id
  )
  SELECT array_agg(ROW(x.pipeline_id, x.commit_id)::devopstic.commit_key)
  INTO changes
  FROM replaced AS r
  CROSS JOIN LATERAL (
    SELECT x.pipeline_id, x.commit_id
    FROM devopstic.deployment_changes AS x
    WHERE x.pipeline_id = r.pipeline_id AND x.environment = r.environment
      AND x.finished_at BETWEEN r.finished_at AND r.finished_at AND x.deployment_id = r.deployment_id
    ORDER BY x.finished_at
    OFFSET 0
  ) AS x;

  RETURN changes;
END
$$;
