-- Explain of lead time: every change that a deployment carried first (once for each environment), every commit that is
-- another name of a change, and every change that was never deployed.
CREATE FUNCTION reporting.lead_time_explained(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, bots boolean DEFAULT false)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    l.commit_id IS NOT NULL,
    CASE
      WHEN l.commit_id IS NOT NULL AND x.no_review THEN 'no_review'
      WHEN l.commit_id IS NOT NULL THEN NULL
      WHEN x.environment <> ALL ((SELECT reporting.selected_environments(pipelines, environments))::text[])
        THEN 'not_production'
      WHEN x.finished_at < range_start OR x.finished_at >= range_end THEN 'out_of_range'
      WHEN x.left_out IS NOT NULL THEN x.left_out
      WHEN x.bot THEN 'bot'
    END,
    l.total_seconds,
    'change', x.pipeline_id, x.environment, x.deployment_id, x.commit_id, NULL, NULL, x.finished_at,
    NULL::text[], l.review_seconds, l.deployment_seconds, l.commit_to_deploy_seconds, c.url
  FROM reporting.deployment_changes AS x
  JOIN reporting.commits AS c ON c.pipeline_id = x.pipeline_id AND c.commit_id = x.commit_id
  LEFT JOIN reporting.carried_changes(pipelines, environments, range_start, range_end, bots) AS l
    ON l.pipeline_id = x.pipeline_id AND l.environment = x.environment AND l.commit_id = x.commit_id
  WHERE pipelines IS NULL OR x.pipeline_id = ANY (pipelines)
  UNION ALL
  SELECT
    false,
    CASE
      WHEN c.alias_of IS NOT NULL THEN 'alias_of_pull_request'
      WHEN c.outside THEN 'outside'
      ELSE 'not_deployed'
    END,
    NULL::double precision,
    'change', c.pipeline_id, NULL, NULL, c.commit_id, NULL, NULL, COALESCE(c.landed_at, c.submitted_at),
    NULL::text[], NULL::double precision, NULL::double precision, NULL::double precision, c.url
  FROM reporting.commits AS c
  WHERE (pipelines IS NULL OR c.pipeline_id = ANY (pipelines))
    AND NOT EXISTS (
      SELECT
      FROM reporting.deployment_changes AS x
      WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = c.commit_id)
$$;

-- Explain of work waiting: every commit whose change no deployment had carried to the selected environments before the
-- end of the range. One that had not landed by then is out of range.
CREATE FUNCTION reporting.work_waiting_explained(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, bots boolean DEFAULT false)
RETURNS SETOF reporting.explanation
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    w.commit_id IS NOT NULL,
    CASE
      WHEN w.commit_id IS NOT NULL THEN NULL
      WHEN c.alias_of IS NOT NULL THEN 'alias_of_pull_request'
      WHEN c.outside THEN 'outside'
      WHEN c.committed_at IS NULL THEN 'unknown_commit'
      WHEN c.landed_at IS NULL OR c.landed_at >= range_end THEN 'out_of_range'
      WHEN c.bot AND NOT bots THEN 'bot'
      ELSE 'before_baseline'
    END,
    extract(epoch FROM range_end - w.landed_at)::double precision,
    'change', c.pipeline_id, NULL, NULL, c.commit_id, NULL, NULL, c.landed_at,
    NULL::text[], NULL::double precision, NULL::double precision, NULL::double precision, c.url
  FROM reporting.commits AS c
  LEFT JOIN reporting.waiting_changes(pipelines, environments, range_end, range_end, bots) AS w
    ON w.pipeline_id = c.pipeline_id AND w.commit_id = c.commit_id
  WHERE (pipelines IS NULL OR c.pipeline_id = ANY (pipelines))
    AND NOT EXISTS (
      SELECT
      FROM reporting.deployment_changes AS x
      WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = COALESCE(c.alias_of, c.commit_id)
        AND x.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
        AND x.finished_at < range_end)
$$;
