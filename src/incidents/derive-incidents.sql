-- domain.md, Incidents: the incident and its cause. An incident is read whole from its events, which are few.

-- The incidents whose cause may be another one, since deployments or changes are not what they were.
CREATE FUNCTION devopstic.incidents_around(
  moved devopstic.deployment_place[], realiased devopstic.commit_key[], joined devopstic.commit_key[],
  cause_window interval)
RETURNS SETOF devopstic.incident_key
LANGUAGE sql STABLE
AS $$
  SELECT i.pipeline_id, i.incident_id
  FROM unnest(moved) AS p
  CROSS JOIN LATERAL (
    SELECT i.pipeline_id, i.incident_id
    FROM devopstic.incidents AS i
    WHERE i.pipeline_id = p.pipeline_id AND i.environment = p.environment
      AND i.opened_at BETWEEN p.finished_at AND p.finished_at + cause_window
    ORDER BY i.opened_at
    OFFSET 0
  ) AS i
  UNION ALL
  SELECT i.pipeline_id, i.incident_id
  FROM unnest(moved) AS p
  CROSS JOIN LATERAL (
    SELECT i.pipeline_id, i.incident_id
    FROM devopstic.incidents AS i
    WHERE i.pipeline_id = p.pipeline_id AND i.blamed_deployment_id BETWEEN p.deployment_id AND p.deployment_id
    ORDER BY i.blamed_deployment_id
    OFFSET 0
  ) AS i
  UNION ALL
  -- Known only now to be part of a change, which others may have brought there.
  SELECT i.pipeline_id, i.incident_id
  FROM unnest(joined) AS k
  CROSS JOIN LATERAL devopstic.incidents_blaming(k.pipeline_id, k.commit_id) AS i
  UNION ALL
  SELECT i.pipeline_id, i.incident_id
  FROM (
    SELECT k.pipeline_id, k.commit_id FROM unnest(realiased) AS k
    UNION
    SELECT p.pipeline_id, n.commit_id
    FROM unnest(moved) AS p
    CROSS JOIN LATERAL (
      -- By the index of those that blame one: of the others there may be many.
      SELECT
      FROM devopstic.incidents AS i
      WHERE i.pipeline_id = p.pipeline_id AND i.blamed_commit_id IS NOT NULL
      ORDER BY i.blamed_commit_id
      LIMIT 1
    ) AS blaming
    CROSS JOIN LATERAL devopstic.deployment_of(p.pipeline_id, p.environment, p.deployment_id) AS d
    CROSS JOIN LATERAL unnest(d.commits) AS n (commit_id)
  ) AS k
  CROSS JOIN LATERAL devopstic.change_with(k.pipeline_id, k.commit_id) AS g
  CROSS JOIN LATERAL devopstic.incidents_blaming(g.pipeline_id, g.commit_id) AS i
$$;

-- Returns the deployments that touched incidents blamed before or blame now.
CREATE FUNCTION devopstic.derive_incidents(
  fresh devopstic.events[], moved devopstic.deployment_place[], realiased devopstic.commit_key[],
  joined devopstic.commit_key[])
RETURNS devopstic.deployment_place[]
LANGUAGE plpgsql
AS $$
DECLARE
  cause_window interval := make_interval(secs => devopstic.setting('incident_window_seconds')::double precision);
  touched devopstic.incident_key[];
  old_causes devopstic.deployment_place[];
  new_causes devopstic.deployment_place[];
BEGIN
  SELECT array_agg(DISTINCT ROW(k.pipeline_id, k.incident_id)::devopstic.incident_key)
  INTO touched
  FROM (
    SELECT e.pipeline_id, e.incident_id
    FROM unnest(fresh) AS e
    WHERE e.type = 'incident_status_change'
    UNION ALL
    SELECT i.pipeline_id, i.incident_id
    FROM devopstic.incidents_around(moved, realiased, joined, cause_window) AS i
  ) AS k;

  IF touched IS NULL THEN
    RETURN NULL;
  END IF;

  SELECT array_agg(ROW(i.pipeline_id, i.cause_environment, i.cause_deployment_id, NULL, NULL)::devopstic.deployment_place)
  INTO old_causes
  FROM unnest(touched) AS k
  CROSS JOIN LATERAL (
    SELECT i.pipeline_id, i.cause_environment, i.cause_deployment_id
    FROM devopstic.incidents AS i
    WHERE i.pipeline_id = k.pipeline_id AND i.incident_id = k.incident_id
    OFFSET 0
  ) AS i
  WHERE i.cause_deployment_id IS NOT NULL;

  WITH told AS (
    SELECT
      k.pipeline_id,
      k.incident_id,
      min(e.occurred_at) FILTER (WHERE e.status = 'failure') AS opened_at,
      max(e.occurred_at) FILTER (WHERE e.status = 'failure') AS last_failure_at,
      COALESCE((array_agg(e.environment ORDER BY e.occurred_at, e.id) FILTER (WHERE e.environment IS NOT NULL))[1], 'production') COLLATE "C" AS environment,
      (array_agg(e.deployment_id ORDER BY e.occurred_at, e.id) FILTER (WHERE e.deployment_id IS NOT NULL))[1] AS blamed_deployment_id,
      (array_agg(e.commit_id ORDER BY e.occurred_at, e.id) FILTER (WHERE e.commit_id IS NOT NULL))[1] AS blamed_commit_id,
      min(e.url COLLATE "C") AS url
    FROM unnest(touched) AS k
    CROSS JOIN LATERAL devopstic.events_of_incident(k.pipeline_id, k.incident_id) AS e
    GROUP BY k.pipeline_id, k.incident_id
  ), written AS (
    INSERT INTO devopstic.incidents AS i (
      pipeline_id, incident_id, environment, state, opened_at, resolved_at, blamed_deployment_id, blamed_commit_id, url,
      cause_method, cause_environment, cause_deployment_id)
    SELECT
      t.pipeline_id, t.incident_id, t.environment,
      CASE WHEN r.resolved_at IS NULL THEN 'open' ELSE 'resolved' END,
      t.opened_at, r.resolved_at, t.blamed_deployment_id, t.blamed_commit_id, t.url,
      COALESCE(c.method, 'none'), c.environment, c.deployment_id
    FROM told AS t
    CROSS JOIN LATERAL (
      -- At equal times the failure comes first, so a success at the time of the last failure resolves it.
      SELECT min(e.occurred_at) AS resolved_at
      FROM devopstic.events_of_incident(t.pipeline_id, t.incident_id) AS e
      WHERE e.status = 'success' AND e.occurred_at >= t.last_failure_at
    ) AS r
    LEFT JOIN LATERAL (
      SELECT * FROM devopstic.cause_of(
        t.pipeline_id, t.environment, t.opened_at, t.blamed_deployment_id, t.blamed_commit_id, cause_window)
    ) AS c ON true
    WHERE t.opened_at IS NOT NULL
    ORDER BY t.pipeline_id, t.incident_id
    ON CONFLICT ON CONSTRAINT incidents_pkey DO UPDATE SET
      (environment, state, opened_at, resolved_at, blamed_deployment_id, blamed_commit_id, url,
        cause_method, cause_environment, cause_deployment_id)
      = (excluded.environment, excluded.state, excluded.opened_at, excluded.resolved_at, excluded.blamed_deployment_id,
        excluded.blamed_commit_id, excluded.url,
        excluded.cause_method, excluded.cause_environment, excluded.cause_deployment_id)
    RETURNING i.pipeline_id, i.cause_environment, i.cause_deployment_id
  )
  SELECT array_agg(ROW(w.pipeline_id, w.cause_environment, w.cause_deployment_id, NULL, NULL)::devopstic.deployment_place)
  INTO new_causes
  FROM written AS w
  WHERE w.cause_deployment_id IS NOT NULL;

  RETURN old_causes || new_causes;
END
$$;
