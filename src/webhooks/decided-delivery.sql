-- What became of a delivery that came before.
SELECT
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts
FROM devopstic.webhook_deliveries AS d
WHERE d.source = $1
  AND d.delivery_id = $2
  AND d.limited_key = $3
