-- domain.md, "Rollback and rework" and "Failed deployments"; metrics.md, "failed deployment recovery time". Looks at
-- the deployments around every place where something changed: those up to the next success (which they follow) and
-- back to the success before (which learns by whom it was replaced).
CREATE FUNCTION devopstic.derive_kinds(
  moved devopstic.deployment_place[], carried devopstic.carrier[], blamed devopstic.deployment_place[])
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  around devopstic.deployment_place[];
BEGIN
  IF moved IS NULL AND carried IS NULL AND blamed IS NULL THEN
    RETURN;
  END IF;

  WITH places AS (
    SELECT p.pipeline_id, p.environment, p.deployment_id, p.finished_at, p.status = 'success' AS wide
    FROM unnest(moved) AS p
    WHERE p.finished_at IS NOT NULL
    UNION
    -- Where X's own first carrier changed, "older code came back" may read otherwise.
    SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status = 'success'
    FROM unnest(carried) AS k
    CROSS JOIN LATERAL (
      SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status
      FROM devopstic.deployments AS d
      WHERE d.pipeline_id = k.pipeline_id AND d.environment = k.environment
        AND d.commit_id BETWEEN k.commit_id AND k.commit_id
      ORDER BY d.commit_id
      OFFSET 0
    ) AS d
    WHERE d.finished_at IS NOT NULL
    UNION
    SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at, false
    FROM unnest(blamed) AS p
    CROSS JOIN LATERAL (
      SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at
      FROM devopstic.deployments AS d
      WHERE d.pipeline_id = p.pipeline_id AND d.environment = p.environment AND d.deployment_id = p.deployment_id
      OFFSET 0
    ) AS d
  ), windows AS (
    SELECT
      p.*,
      before.finished_at AS from_at, before.deployment_id AS from_id,
      after.finished_at AS to_at, after.deployment_id AS to_id
    FROM places AS p
    LEFT JOIN LATERAL (
      SELECT d.finished_at, d.deployment_id
      FROM devopstic.deployments AS d
      WHERE p.wide AND d.pipeline_id = p.pipeline_id AND d.environment = p.environment AND d.status = 'success'
        AND d.finished_at IS NOT NULL AND (d.finished_at, d.deployment_id) < (p.finished_at, p.deployment_id)
      ORDER BY d.finished_at DESC, d.deployment_id DESC
      LIMIT 1
    ) AS before ON true
    LEFT JOIN LATERAL (
      SELECT d.finished_at, d.deployment_id
      FROM devopstic.deployments AS d
      WHERE p.wide AND d.pipeline_id = p.pipeline_id AND d.environment = p.environment AND d.status = 'success'
        AND d.finished_at IS NOT NULL AND (d.finished_at, d.deployment_id) > (p.finished_at, p.deployment_id)
      ORDER BY d.finished_at, d.deployment_id
      LIMIT 1
    ) AS after ON true
  )
  SELECT array_agg(DISTINCT ROW(d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status)::devopstic.deployment_place)
  INTO around
  FROM windows AS w
  CROSS JOIN LATERAL (
    (
      SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status
      FROM devopstic.deployments AS d
      WHERE NOT w.wide
        AND d.pipeline_id = w.pipeline_id AND d.environment = w.environment AND d.deployment_id = w.deployment_id
      OFFSET 0
    )
    UNION ALL
    (
      SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status
      FROM devopstic.deployments AS d
      WHERE w.wide AND d.pipeline_id = w.pipeline_id AND d.environment = w.environment
        AND d.finished_at IS NOT NULL
        AND (d.finished_at, d.deployment_id) >= (COALESCE(w.from_at, '-infinity'), COALESCE(w.from_id, ''))
        AND (d.finished_at, d.deployment_id) <= (COALESCE(w.to_at, 'infinity'), COALESCE(w.to_id, ''))
      ORDER BY d.finished_at, d.deployment_id
      OFFSET 0
    )
  ) AS d
  WHERE d.status IN ('success', 'failure');

  UPDATE devopstic.deployments AS d
  SET rollback = n.rollback,
      rework = n.rework
  FROM (
    SELECT x.place, k.rollback, k.rollback OR x.flagged_rework OR k.rework AS rework
    FROM unnest(around) AS p
    CROSS JOIN LATERAL (
      SELECT
        x.ctid AS place, x.pipeline_id, x.environment, x.deployment_id, x.commit_id, x.flagged_rollback, x.flagged_rework
      FROM devopstic.deployments AS x
      WHERE x.pipeline_id = p.pipeline_id AND x.environment = p.environment AND x.deployment_id = p.deployment_id
      OFFSET 0
    ) AS x
    LEFT JOIN LATERAL (
      SELECT r.commit_id
      FROM devopstic.deployments AS r
      WHERE r.pipeline_id = p.pipeline_id AND r.environment = p.environment AND r.status = 'success'
        AND r.finished_at IS NOT NULL AND (r.finished_at, r.deployment_id) < (p.finished_at, p.deployment_id)
      ORDER BY r.finished_at DESC, r.deployment_id DESC
      LIMIT 1
    ) AS replaced ON true
    LEFT JOIN LATERAL (
      SELECT k.finished_at, k.deployment_id
      FROM devopstic.commit_carriers AS k
      WHERE k.pipeline_id = x.pipeline_id AND k.commit_id = x.commit_id AND k.environment = x.environment
      OFFSET 0
    ) AS own ON true
    LEFT JOIN LATERAL (
      SELECT k.finished_at, k.deployment_id
      FROM devopstic.commit_carriers AS k
      WHERE k.pipeline_id = x.pipeline_id AND k.commit_id = replaced.commit_id AND k.environment = x.environment
      OFFSET 0
    ) AS other ON true
    CROSS JOIN LATERAL (
      SELECT
        x.flagged_rollback OR COALESCE(
          (own.finished_at, own.deployment_id) < (other.finished_at, other.deployment_id), false) AS rollback,
        EXISTS (
          SELECT
          FROM devopstic.deployment_changes AS w
          WHERE w.pipeline_id = x.pipeline_id AND w.environment = x.environment
            AND w.deployment_id BETWEEN x.deployment_id AND x.deployment_id AND w.rework
          ORDER BY w.deployment_id
          OFFSET 0) AS rework
      OFFSET 0
    ) AS k
  ) AS n
  WHERE d.ctid = n.place
    AND (d.rollback, d.rework) IS DISTINCT FROM (n.rollback, n.rework);

  UPDATE devopstic.deployments AS d
  SET failed_by = n.failed_by,
      recovered_at = n.recovered_at,
      recovery_seconds = n.recovery_seconds
  FROM (
    SELECT
      x.place, f.failed_by, r.recovered_at,
      CASE WHEN r.recovered_at IS NOT NULL
        THEN GREATEST(extract(epoch FROM r.recovered_at - p.finished_at), 0)::double precision END AS recovery_seconds
    FROM unnest(around) AS p
    CROSS JOIN LATERAL (
      SELECT x.ctid AS place
      FROM devopstic.deployments AS x
      WHERE x.pipeline_id = p.pipeline_id AND x.environment = p.environment AND x.deployment_id = p.deployment_id
      OFFSET 0
    ) AS x
    LEFT JOIN LATERAL (
      SELECT d.finished_at, d.rollback
      FROM devopstic.deployments AS d
      WHERE d.pipeline_id = p.pipeline_id AND d.environment = p.environment AND d.status = 'success'
        AND d.finished_at IS NOT NULL AND (d.finished_at, d.deployment_id) > (p.finished_at, p.deployment_id)
      ORDER BY d.finished_at, d.deployment_id
      LIMIT 1
    ) AS next ON true
    CROSS JOIN LATERAL (
      SELECT
        count(*) AS incidents,
        count(*) FILTER (WHERE i.resolved_at IS NULL) AS open,
        max(i.resolved_at) AS resolved_at
      FROM (
        SELECT i.resolved_at
        FROM devopstic.incidents AS i
        WHERE i.pipeline_id = p.pipeline_id AND i.cause_environment = p.environment
          AND i.cause_deployment_id BETWEEN p.deployment_id AND p.deployment_id
        ORDER BY i.cause_deployment_id
        OFFSET 0
      ) AS i
    ) AS caused
    CROSS JOIN LATERAL (
      SELECT array_remove(ARRAY[
        CASE WHEN p.status = 'failure' THEN 'status' END,
        CASE WHEN caused.incidents > 0 THEN 'incident' END,
        CASE WHEN p.status = 'success' AND next.rollback THEN 'rollback' END
      ], NULL) AS failed_by
    ) AS f
    CROSS JOIN LATERAL (
      SELECT
        CASE
          WHEN f.failed_by && '{status,rollback}' AND next.finished_at IS NULL THEN NULL
          WHEN 'incident' = ANY (f.failed_by) AND caused.open > 0 THEN NULL
          ELSE GREATEST(
            CASE WHEN f.failed_by && '{status,rollback}' THEN next.finished_at END,
            caused.resolved_at)
        END AS recovered_at
    ) AS r
  ) AS n
  WHERE d.ctid = n.place
    AND (d.failed_by, d.recovered_at, d.recovery_seconds) IS DISTINCT FROM (n.failed_by, n.recovered_at, n.recovery_seconds);
END
$$;
