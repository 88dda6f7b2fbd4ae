-- Some deliveries with their bodies, oldest first. Of what a limited key may tell, `limited_to` is all.
SELECT
  d.id, d.source, d.event_name, d.headers, d.body, d.received_at,
  CASE WHEN d.limited_key <> '' THEN COALESCE(k.pipelines, '{}') END AS limited_to
FROM devopstic.webhook_deliveries AS d
LEFT JOIN devopstic.api_keys AS k ON k.id = NULLIF(d.limited_key, '')::uuid
WHERE d.id = ANY ($1::uuid[])
ORDER BY d.received_at, d.id
