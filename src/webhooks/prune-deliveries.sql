-- Deletes some of the deliveries older than $1 seconds. Replicas that do so at once take different ones.
WITH outdated AS (
  SELECT d.id
  FROM devopstic.webhook_deliveries AS d
  WHERE d.received_at < now() - make_interval(secs => $1)
  ORDER BY d.received_at
  LIMIT $2
  FOR UPDATE SKIP LOCKED
)
DELETE FROM devopstic.webhook_deliveries AS d
USING outdated
WHERE d.id = outdated.id
RETURNING d.id
