-- The changes that lead time counts, one row each: what was deployed, and how long each part of it took.
CREATE FUNCTION reporting.listed_changes(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, bots boolean DEFAULT false)
RETURNS TABLE (
  finished_at timestamptz, pipeline_id text, environment text, commit_id text, deployment_id text,
  submitted_at timestamptz, approved_at timestamptz, total_seconds double precision, review_seconds double precision,
  deployment_seconds double precision, commit_to_deploy_seconds double precision, url text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    l.finished_at, l.pipeline_id, l.environment, l.commit_id, x.deployment_id,
    c.submitted_at, c.approved_at, l.total_seconds, l.review_seconds,
    l.deployment_seconds, l.commit_to_deploy_seconds, c.url
  FROM reporting.carried_changes(pipelines, environments, range_start, range_end, bots) AS l
  JOIN reporting.deployment_changes AS x
    ON x.pipeline_id = l.pipeline_id AND x.commit_id = l.commit_id AND x.environment = l.environment
  JOIN reporting.commits AS c ON c.pipeline_id = l.pipeline_id AND c.commit_id = l.commit_id
$$;

-- The changes that wait at `range_end`, and for how long each has.
CREATE FUNCTION reporting.listed_waiting_changes(
  pipelines text[], environments text[], range_end timestamptz, bots boolean DEFAULT false)
RETURNS TABLE (
  landed_at timestamptz, pipeline_id text, commit_id text, waiting_seconds double precision, url text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    w.landed_at, w.pipeline_id, w.commit_id, extract(epoch FROM range_end - w.landed_at)::double precision, c.url
  FROM reporting.waiting_changes(pipelines, environments, range_end, range_end, bots) AS w
  JOIN reporting.commits AS c ON c.pipeline_id = w.pipeline_id AND c.commit_id = w.commit_id
$$;
