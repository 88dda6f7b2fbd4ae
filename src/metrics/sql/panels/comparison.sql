-- One row a pipeline, with what the metrics' own functions say of it.
CREATE FUNCTION reporting.compared_pipelines(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC',
  benchmark text DEFAULT 'dora-2023')
RETURNS TABLE (
  pipeline_id text, deployments integer, per_day double precision, per_day_level text,
  commit_to_deploy_median double precision, lead_time_level text, lead_time_median double precision,
  change_failure_rate double precision, change_failure_rate_level text,
  restore_median double precision, restore_level text, open_incidents integer,
  recovery_median double precision, recovery_level text, rework_rate double precision, waiting integer)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    f.pipeline_id, f.deployments, f.per_day, COALESCE(f.level, f.level_reason),
    (l.commit_to_deploy).median, COALESCE(l.level, l.level_reason), (l.total).median,
    c.rate, COALESCE(c.level, c.level_reason),
    t.median, COALESCE(t.level, t.level_reason), t.open,
    r.median, COALESCE(r.level, r.level_reason), w.rate, q.count
  FROM reporting.deployment_frequency(
    pipelines, environments, range_start, range_end, time_zone, NULL, true, benchmark) AS f
  JOIN reporting.lead_time(pipelines, environments, range_start, range_end, time_zone, NULL, true, benchmark) AS l
    USING (pipeline_id)
  JOIN reporting.change_failure_rate(
    pipelines, environments, range_start, range_end, time_zone, NULL, true, benchmark) AS c USING (pipeline_id)
  JOIN reporting.time_to_restore(
    pipelines, environments, range_start, range_end, time_zone, NULL, true, benchmark) AS t USING (pipeline_id)
  JOIN reporting.failed_deployment_recovery_time(
    pipelines, environments, range_start, range_end, time_zone, NULL, true, benchmark) AS r USING (pipeline_id)
  JOIN reporting.rework_rate(pipelines, environments, range_start, range_end, time_zone, NULL, true) AS w
    USING (pipeline_id)
  JOIN reporting.work_waiting(pipelines, environments, range_start, range_end, time_zone, NULL, true) AS q
    USING (pipeline_id)
$$;
