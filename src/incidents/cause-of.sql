-- domain.md, Cause: the first of the rules that names a deployment; no row where none does.
CREATE FUNCTION devopstic.cause_of(
  pipeline text, place text, opened timestamptz, blamed_deployment text, blamed_commit text, cause_window interval)
RETURNS TABLE (method text, environment text, deployment_id text)
LANGUAGE plpgsql STABLE
AS $$
BEGIN
  IF blamed_deployment IS NOT NULL THEN
    RETURN QUERY
    SELECT 'explicit', d.environment, d.deployment_id
    FROM devopstic.environments AS v
    CROSS JOIN LATERAL (
      SELECT d.environment, d.deployment_id, d.status
      FROM devopstic.deployments AS d
      WHERE d.pipeline_id = v.pipeline_id AND d.environment = v.environment AND d.deployment_id = blamed_deployment
      OFFSET 0
    ) AS d
    WHERE v.pipeline_id = pipeline AND d.status IN ('success', 'failure')
    ORDER BY d.environment <> place COLLATE "C", d.environment
    LIMIT 1;
    IF FOUND THEN
      RETURN;
    END IF;
  END IF;

  IF blamed_commit IS NOT NULL THEN
    RETURN QUERY
    WITH change AS (
      SELECT g.commit_id
      FROM devopstic.commits AS c
      CROSS JOIN LATERAL (
        SELECT COALESCE(c.alias_of, c.commit_id) AS commit_id
        UNION
        (
          SELECT a.commit_id
          FROM devopstic.commits AS a
          WHERE a.pipeline_id = pipeline
            AND a.alias_of BETWEEN COALESCE(c.alias_of, c.commit_id) AND COALESCE(c.alias_of, c.commit_id)
          ORDER BY a.alias_of
          OFFSET 0
        )
      ) AS g
      WHERE c.pipeline_id = pipeline AND c.commit_id = blamed_commit
    )
    SELECT 'explicit', d.environment, d.deployment_id
    FROM devopstic.deployments AS d
    WHERE d.pipeline_id = pipeline AND d.environment = place AND d.status = 'success'
      -- Nothing before the first carrier of any of them can name one: bounds the search.
      AND d.finished_at BETWEEN (
        SELECT min(k.finished_at)
        FROM change
        CROSS JOIN LATERAL (
          SELECT k.finished_at
          FROM devopstic.commit_carriers AS k
          WHERE k.pipeline_id = pipeline AND k.commit_id = change.commit_id AND k.environment = place
          OFFSET 0
        ) AS k
      ) AND opened
      AND d.commits && (SELECT array_agg(change.commit_id) FROM change)
    ORDER BY d.finished_at DESC, d.deployment_id DESC
    LIMIT 1;
    IF FOUND THEN
      RETURN;
    END IF;
  END IF;

  IF cause_window > interval '0' THEN
    RETURN QUERY
    SELECT 'window', d.environment, d.deployment_id
    FROM devopstic.deployments AS d
    WHERE d.pipeline_id = pipeline AND d.environment = place AND d.status = 'success'
      AND d.finished_at BETWEEN opened - cause_window AND opened
    ORDER BY d.finished_at DESC, d.deployment_id DESC
    LIMIT 1;
  END IF;
END
$$;
