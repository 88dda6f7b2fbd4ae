-- Keeps a delivery as it came. One that came before and is still to be decided is decided by what came now, and so is kept
-- as that; of one that was decided no row is answered.
INSERT INTO devopstic.webhook_deliveries AS d (source, delivery_id, event_name, headers, body, limited_key)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ON CONSTRAINT webhook_deliveries_delivery_key DO UPDATE
SET event_name = excluded.event_name,
    headers = excluded.headers,
    body = excluded.body
WHERE d.outcome IN ('received', 'failed') OR d.reason = 'other_pipelines'
RETURNING
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts
