-- Keeps a delivery as it came, and counts the attempt to decide it before it is made. One that came before and is still to be
-- decided is decided by what came now, and so is kept as that; of one that was decided, or has been tried $7 times and may be
-- what ends the process, no row is answered.
INSERT INTO devopstic.webhook_deliveries AS d (source, delivery_id, event_name, headers, body, limited_key, attempts)
VALUES ($1, $2, $3, $4, $5, $6, 1)
ON CONFLICT ON CONSTRAINT webhook_deliveries_delivery_key DO UPDATE
SET event_name = excluded.event_name,
    headers = excluded.headers,
    body = excluded.body,
    attempts = d.attempts + 1,
    tried_at = now()
WHERE (d.outcome = 'received' AND d.attempts < $7)
  OR (d.outcome = 'failed' AND d.reason IS DISTINCT FROM 'gave_up')
  OR d.reason = 'other_pipelines'
RETURNING
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts
