-- Pipelines that were deployed several times, each time naming one commit, and of whose commits no parent is known.
SELECT d.pipeline_id, count(*)::integer AS deployments
FROM reporting.deployments AS d
WHERE d.status = 'success'
  AND cardinality(d.commits) = 1
  AND NOT EXISTS (
    SELECT
    FROM devopstic.commits AS c
    WHERE c.pipeline_id = d.pipeline_id AND c.parents <> '{}')
GROUP BY d.pipeline_id
HAVING count(DISTINCT d.commit_id) > 1
ORDER BY d.pipeline_id
