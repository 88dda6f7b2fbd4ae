-- Incidents that were told of, and are none: an incident begins with its opening. The end of one may be told of all pipelines
-- of a repository, and its opening of some.
SELECT DISTINCT e.pipeline_id, e.incident_id
FROM devopstic.events AS e
WHERE e.type = 'incident_status_change'
  AND NOT EXISTS (
    SELECT
    FROM devopstic.incidents AS i
    WHERE i.incident_id = e.incident_id)
ORDER BY e.pipeline_id, e.incident_id
