-- domain.md, Cause: the first of the rules that names a deployment; no row where none does.
CREATE FUNCTION devopstic.cause_of(
  pipeline text, environment_name text, opened timestamptz, blamed_deployment text, blamed_commit text, cause_window interval)
RETURNS TABLE (method text, environment text, deployment_id text)
LANGUAGE plpgsql STABLE
AS $$
BEGIN
  IF blamed_deployment IS NOT NULL THEN
    RETURN QUERY
    SELECT 'explicit', d.environment, d.deployment_id
    FROM devopstic.environments AS v
    CROSS JOIN LATERAL devopstic.deployment_of(v.pipeline_id, v.environment, blamed_deployment) AS d
    WHERE v.pipeline_id = pipeline AND devopstic.is_finished(d.status)
    ORDER BY d.environment <> environment_name COLLATE "C", d.environment
    LIMIT 1;
    IF FOUND THEN
      RETURN;
    END IF;
  END IF;

  IF blamed_commit IS NOT NULL THEN
    RETURN QUERY
    WITH change AS (
      SELECT g.commit_id
      FROM devopstic.change_with(pipeline, blamed_commit) AS g
    )
    SELECT 'explicit', d.environment, d.deployment_id
    FROM devopstic.deployments AS d
    WHERE d.pipeline_id = pipeline AND d.environment = environment_name AND d.status = 'success'
      -- Nothing before the first carrier of any of them can name one: bounds the search.
      AND d.finished_at BETWEEN (
        SELECT min(k.finished_at)
        FROM change
        CROSS JOIN LATERAL devopstic.carrier_to(pipeline, change.commit_id, environment_name) AS k
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
    WHERE d.pipeline_id = pipeline AND d.environment = environment_name AND d.status = 'success'
      AND d.finished_at BETWEEN opened - cause_window AND opened
    ORDER BY d.finished_at DESC, d.deployment_id DESC
    LIMIT 1;
  END IF;
END
$$;
