-- Of each of some sources the last delivery, and the last one that was refused or that failed. $1: the sources.
-- BETWEEN and the order by source leave no index but those by source: by time alone all deliveries would be walked for one
-- that never sent any.
SELECT
  s.source,
  to_jsonb(last) || jsonb_build_object('received_at', to_char(last.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS last_delivery,
  to_jsonb(failure) || jsonb_build_object('received_at', to_char(failure.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS last_failure
FROM unnest($1::text[]) AS s (source)
LEFT JOIN LATERAL (
  SELECT d.id, d.received_at, d.event_name, d.outcome, d.reason, d.error
  FROM devopstic.webhook_deliveries AS d
  WHERE d.source BETWEEN s.source AND s.source
  ORDER BY d.source DESC, d.received_at DESC, d.id DESC
  LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
  SELECT d.id, d.received_at, d.event_name, d.outcome, d.reason, d.error
  FROM devopstic.webhook_deliveries AS d
  WHERE d.source BETWEEN s.source AND s.source
    AND d.outcome IN ('failed', 'refused')
  ORDER BY d.source DESC, d.received_at DESC, d.id DESC
  LIMIT 1
) AS failure ON true
ORDER BY s.source
