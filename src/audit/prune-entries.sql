-- Deletes some of the entries older than $1 seconds. Replicas that do so at once take different ones.
WITH outdated AS (
  SELECT a.id
  FROM devopstic.audit_entries AS a
  WHERE a.at < now() - make_interval(secs => $1)
  ORDER BY a.at
  LIMIT $2
  FOR UPDATE SKIP LOCKED
)
DELETE FROM devopstic.audit_entries AS a
USING outdated
WHERE a.id = outdated.id
RETURNING a.id
