-- Some of the deliveries to read once more, with their bodies, oldest first. $5 and $6: the last one before; $7: how many;
-- $8: this one alone, or null. What a limited key was not allowed to tell is not let in by reading it again; of what it may
-- tell, `limited_to` is all.
SELECT
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.body, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts, CASE WHEN d.limited_key <> '' THEN COALESCE(k.pipelines, '{}') END AS limited_to
FROM devopstic.webhook_deliveries AS d
LEFT JOIN devopstic.api_keys AS k ON k.id = NULLIF(d.limited_key, '')::uuid
WHERE ($1::text IS NULL OR d.source = $1)
  AND ($2::text IS NULL OR d.outcome = $2)
  AND ($3::timestamptz IS NULL OR d.received_at >= $3)
  AND ($4::timestamptz IS NULL OR d.received_at < $4)
  AND ($5::timestamptz IS NULL OR (d.received_at, d.id) > ($5, $6::uuid))
  AND ($8::uuid IS NULL OR d.id = $8)
  AND d.reason IS DISTINCT FROM 'other_pipelines'
ORDER BY d.received_at, d.id
LIMIT $7
