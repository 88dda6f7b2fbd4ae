-- One page of the audit trail, newest first. $6 and $7: the last row of the page before.
SELECT
  a.id, a.at, a.request_id, a.actor_kind, a.actor_id, a.actor_name, a.address, a.action, a.object_kind, a.object_id,
  a.object_name, a.details, a.count, a.last_at
FROM devopstic.audit_entries AS a
WHERE ($1::timestamptz IS NULL OR a.at >= $1)
  AND ($2::timestamptz IS NULL OR a.at < $2)
  AND ($3::text IS NULL OR a.actor_id = $3 OR a.actor_name = $3)
  AND ($4::text IS NULL OR a.action = $4)
  AND ($5::text IS NULL OR a.object_id = $5 OR a.object_name = $5)
  AND ($6::timestamptz IS NULL OR (a.at, a.id) < ($6, $7::bigint))
ORDER BY a.at DESC, a.id DESC
LIMIT $8
