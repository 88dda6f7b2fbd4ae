-- Attempts that did not end because of the database do not count. $1: of which deliveries, each as often as it was tried.
-- What others gave up meanwhile was given up too early, and is to be decided again.
UPDATE devopstic.webhook_deliveries AS d
SET attempts = greatest(0, d.attempts - cut_short.attempts),
    outcome = 'received',
    reason = NULL,
    error = NULL
FROM (SELECT a.id, count(*)::int AS attempts FROM unnest($1::uuid[]) AS a (id) GROUP BY a.id) AS cut_short
WHERE d.id = cut_short.id
  AND (d.outcome = 'received' OR (d.outcome = 'failed' AND d.reason = 'gave_up'))
