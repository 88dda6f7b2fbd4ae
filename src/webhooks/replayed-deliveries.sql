-- The deliveries to read once more, oldest first, with the size of their bodies, which is known without reading them.
-- $5: this one alone, or null; $6: how many at most. What a limited key was not allowed to tell is not let in by reading it
-- again.
SELECT d.id, octet_length(d.body) AS bytes
FROM devopstic.webhook_deliveries AS d
WHERE ($1::text IS NULL OR d.source = $1)
  AND ($2::text IS NULL OR d.outcome = $2)
  AND ($3::timestamptz IS NULL OR d.received_at >= $3)
  AND ($4::timestamptz IS NULL OR d.received_at < $4)
  AND ($5::uuid IS NULL OR d.id = $5)
  AND d.reason IS DISTINCT FROM 'other_pipelines'
ORDER BY d.received_at, d.id
LIMIT $6
