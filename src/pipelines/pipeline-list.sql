-- GET /pipelines: by name. Counts read index entries only, never the rows.
-- $1 pipelines (null: all), $2 most rows, $3 the last pipeline of the page before, empty for the first.
SELECT
  p.pipeline_id,
  p.first_event_at,
  p.last_event_at,
  p.events::double precision,
  changes.count AS changes,
  COALESCE(places.deployments, 0)::double precision AS deployments,
  COALESCE(places.incidents, 0)::double precision AS incidents,
  COALESCE(places.environments, '[]') AS environments
FROM devopstic.pipelines AS p
CROSS JOIN LATERAL (
  SELECT
    (SELECT count(*) FROM devopstic.commits AS c WHERE c.pipeline_id = p.pipeline_id)::double precision
    - (SELECT count(*) FROM devopstic.commits AS c WHERE c.pipeline_id = p.pipeline_id AND c.alias_of IS NOT NULL)
    - (SELECT count(*) FROM devopstic.commits AS c WHERE c.pipeline_id = p.pipeline_id AND c.outside AND c.alias_of IS NULL) AS count
) AS changes
CROSS JOIN LATERAL (
  SELECT
    sum(v.deployments) AS deployments,
    sum(v.incidents) AS incidents,
    json_agg(json_build_object(
      'environment', v.environment,
      'production', v.environment ~* (SELECT devopstic.setting('production_environments')),
      'deployments', v.deployments,
      'incidents', v.incidents,
      'baseline_deployment_id', b.baseline_deployment_id,
      'baseline_finished_at', to_char(b.baseline_finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) ORDER BY v.environment) AS environments
  FROM (
    SELECT n.environment, sum(n.deployments) AS deployments, sum(n.incidents) AS incidents
    FROM (
      SELECT d.environment, count(*) AS deployments, 0 AS incidents
      FROM devopstic.deployments AS d
      WHERE d.pipeline_id = p.pipeline_id
      GROUP BY d.environment
      UNION ALL
      SELECT i.environment, 0, count(*)
      FROM devopstic.incidents AS i
      WHERE i.pipeline_id = p.pipeline_id AND i.opened_at >= '-infinity'
      GROUP BY i.environment
    ) AS n
    GROUP BY n.environment
  ) AS v
  LEFT JOIN devopstic.environments AS b ON b.pipeline_id = p.pipeline_id AND b.environment = v.environment
) AS places
WHERE ($1::text[] IS NULL OR p.pipeline_id = ANY ($1))
  AND p.events > 0
  AND p.pipeline_id > $3::text
ORDER BY p.pipeline_id
LIMIT $2
