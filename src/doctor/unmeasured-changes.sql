-- How many changes that production deployments carried in the last 90 days have a lead time, and how many lack one, and why.
SELECT
  e.pipeline_id,
  (count(*) FILTER (WHERE e.used))::integer AS used,
  (count(*) FILTER (WHERE e.reason = 'unknown_commit'))::integer AS unknown_commit,
  (count(*) FILTER (WHERE e.reason = 'negative_span'))::integer AS negative_span
FROM reporting.lead_time_explained(NULL, NULL, now() - interval '90 days', now()) AS e
WHERE e.used OR e.reason IN ('unknown_commit', 'negative_span')
GROUP BY e.pipeline_id
HAVING NOT bool_and(e.used)
ORDER BY e.pipeline_id
