-- Keeps a delivery as it came, once. The update changes nothing: it is there to answer the row that was kept before.
INSERT INTO devopstic.webhook_deliveries AS d (source, delivery_id, event_name, headers, body)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT ON CONSTRAINT webhook_deliveries_delivery_key DO UPDATE SET delivery_id = excluded.delivery_id
RETURNING
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts
