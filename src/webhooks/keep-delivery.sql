-- Keeps a delivery as it came, once: one that was decided is answered as it was kept. One that was not is decided by what
-- came now, and so is kept as that.
INSERT INTO devopstic.webhook_deliveries AS d (source, delivery_id, event_name, headers, body, limited_key)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ON CONSTRAINT webhook_deliveries_delivery_key DO UPDATE
SET event_name = CASE
      WHEN d.outcome IN ('received', 'failed') OR d.reason = 'other_pipelines' THEN excluded.event_name
      ELSE d.event_name END,
    headers = CASE
      WHEN d.outcome IN ('received', 'failed') OR d.reason = 'other_pipelines' THEN excluded.headers
      ELSE d.headers END,
    body = CASE
      WHEN d.outcome IN ('received', 'failed') OR d.reason = 'other_pipelines' THEN excluded.body
      ELSE d.body END
RETURNING
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts
