-- domain.md, "Rollback and rework" and "Failed deployments"; metrics.md, "failed deployment recovery time".

-- The deployments around every place where something changed: those up to the next success (which they follow) and back to
-- the success before (which learns by whom it was replaced).
CREATE FUNCTION devopstic.deployments_around(
  moved devopstic.deployment_place[], carried devopstic.carrier[], blamed devopstic.deployment_place[])
RETURNS devopstic.deployment_place[]
LANGUAGE plpgsql
AS $$
DECLARE
  around devopstic.deployment_place[];
BEGIN
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
    CROSS JOIN LATERAL devopstic.deployment_of(p.pipeline_id, p.environment, p.deployment_id) AS d
  ), windows AS (
    SELECT
      p.*,
      before.finished_at AS from_at, before.deployment_id AS from_id,
      after.finished_at AS to_at, after.deployment_id AS to_id
    FROM places AS p
    LEFT JOIN LATERAL devopstic.success_before(
      CASE WHEN p.wide THEN p.pipeline_id END, p.environment, p.finished_at, p.deployment_id) AS before ON true
    LEFT JOIN LATERAL devopstic.success_after(
      CASE WHEN p.wide THEN p.pipeline_id END, p.environment, p.finished_at, p.deployment_id) AS after ON true
  )
  SELECT array_agg(DISTINCT ROW(d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status)::devopstic.deployment_place)
  INTO around
  FROM windows AS w
  CROSS JOIN LATERAL (
    SELECT d.pipeline_id, d.environment, d.deployment_id, d.finished_at, d.status
    FROM devopstic.deployment_of(CASE WHEN NOT w.wide THEN w.pipeline_id END, w.environment, w.deployment_id) AS d
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
  WHERE devopstic.is_finished(d.status);

  RETURN around;
END
$$;

CREATE FUNCTION devopstic.derive_rollbacks(around devopstic.deployment_place[])
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE devopstic.deployments AS d
  SET rollback = k.rollback,
      rework = k.rollback OR x.flagged_rework OR k.rework
  FROM unnest(around) AS p
  CROSS JOIN LATERAL devopstic.deployment_of(p.pipeline_id, p.environment, p.deployment_id) AS x
  LEFT JOIN LATERAL devopstic.success_before(p.pipeline_id, p.environment, p.finished_at, p.deployment_id) AS replaced
    ON true
  LEFT JOIN LATERAL devopstic.carrier_to(x.pipeline_id, x.commit_id, x.environment) AS own ON true
  LEFT JOIN LATERAL devopstic.carrier_to(x.pipeline_id, replaced.commit_id, x.environment) AS other ON true
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
  WHERE d.ctid = x.place
    AND (x.rollback, x.rework) IS DISTINCT FROM (k.rollback, k.rollback OR x.flagged_rework OR k.rework);
END
$$;

CREATE FUNCTION devopstic.derive_failures(around devopstic.deployment_place[])
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE devopstic.deployments AS d
  SET failed_by = f.failed_by,
      recovered_at = r.recovered_at,
      recovery_seconds = r.recovery_seconds
  FROM unnest(around) AS p
  CROSS JOIN LATERAL devopstic.deployment_of(p.pipeline_id, p.environment, p.deployment_id) AS x
  LEFT JOIN LATERAL devopstic.success_after(p.pipeline_id, p.environment, p.finished_at, p.deployment_id) AS next ON true
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
    SELECT CASE
      WHEN f.failed_by && '{status,rollback}' AND next.finished_at IS NULL THEN NULL
      WHEN 'incident' = ANY (f.failed_by) AND caused.open > 0 THEN NULL
      ELSE GREATEST(
        CASE WHEN f.failed_by && '{status,rollback}' THEN next.finished_at END,
        caused.resolved_at)
    END AS recovered_at
  ) AS t
  CROSS JOIN LATERAL (
    SELECT
      t.recovered_at,
      CASE WHEN t.recovered_at IS NOT NULL
        THEN GREATEST(extract(epoch FROM t.recovered_at - p.finished_at), 0)::double precision END AS recovery_seconds
  ) AS r
  WHERE d.ctid = x.place
    AND (x.failed_by, x.recovered_at, x.recovery_seconds) IS DISTINCT FROM (f.failed_by, r.recovered_at, r.recovery_seconds);
END
$$;

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
  around := devopstic.deployments_around(moved, carried, blamed);
  PERFORM devopstic.derive_rollbacks(around);
  -- Of a rollback that follows, a success learns that it failed.
  PERFORM devopstic.derive_failures(around);
END
$$;
