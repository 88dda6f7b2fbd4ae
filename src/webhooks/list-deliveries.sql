-- One page of the delivery log, newest first, without the bodies. $5 and $6: the last row of the page before.
SELECT
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts
FROM devopstic.webhook_deliveries AS d
WHERE ($1::text IS NULL OR d.source = $1)
  AND ($2::text IS NULL OR d.outcome = $2)
  AND ($3::timestamptz IS NULL OR d.received_at >= $3)
  AND ($4::timestamptz IS NULL OR d.received_at < $4)
  AND ($5::timestamptz IS NULL OR (d.received_at, d.id) < ($5, $6::uuid))
ORDER BY d.received_at DESC, d.id DESC
LIMIT $7
