-- Of the deliveries that a stop left undecided, the one that was tried the longest ago, with its body; the attempt is counted
-- before it is made. One that has been tried $1 times is given up. $2: those that are being decided here. For a minute it is
-- nobody else's, and for another each time that who works on it says so. Of what a limited key may tell, `limited_to` is all, as
-- in a replay.
WITH undecided AS (
  SELECT d.id
  FROM devopstic.webhook_deliveries AS d
  WHERE d.outcome = 'received'
    AND COALESCE(d.tried_at, d.received_at) < now() - interval '1 minute'
    AND d.id <> ALL ($2::uuid[])
  ORDER BY COALESCE(d.tried_at, d.received_at), d.id
  LIMIT 1
  FOR UPDATE SKIP LOCKED
)
UPDATE devopstic.webhook_deliveries AS d
SET outcome = CASE WHEN d.attempts < $1 THEN d.outcome ELSE 'failed' END,
    reason = CASE WHEN d.attempts < $1 THEN d.reason ELSE 'gave_up' END,
    error = CASE WHEN d.attempts < $1 THEN d.error ELSE 'none of ' || d.attempts || ' attempts to read it came to an end' END,
    attempts = CASE WHEN d.attempts < $1 THEN d.attempts + 1 ELSE d.attempts END,
    tried_at = now()
FROM undecided
WHERE d.id = undecided.id
RETURNING
  d.id, d.source, d.event_name, d.headers, d.body, d.received_at, d.outcome,
  CASE WHEN d.limited_key <> '' THEN COALESCE(
    (SELECT k.pipelines FROM devopstic.api_keys AS k WHERE k.id = NULLIF(d.limited_key, '')::uuid), '{}') END AS limited_to
