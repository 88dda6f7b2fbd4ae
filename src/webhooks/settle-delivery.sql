-- What one attempt made of a delivery that came in. It has been counted beforehand. What was recorded meanwhile, by a request at
-- the same time or a replay, stays so and keeps its events.
UPDATE devopstic.webhook_deliveries AS d
SET outcome = CASE WHEN d.outcome = 'recorded' THEN d.outcome ELSE $2 END,
    reason = CASE WHEN d.outcome = 'recorded' THEN d.reason ELSE $3 END,
    error = $4,
    event_ids = d.event_ids || ARRAY(
      SELECT told.id
      FROM unnest($5::text[]) WITH ORDINALITY AS told (id, place)
      WHERE NOT EXISTS (SELECT FROM unnest(d.event_ids) AS kept (id) WHERE kept.id = told.id)
      GROUP BY told.id
      ORDER BY min(told.place)),
    pipelines = ARRAY(
      SELECT told.pipeline_id FROM unnest(d.pipelines || $6::text[]) AS told (pipeline_id) GROUP BY told.pipeline_id ORDER BY 1)
WHERE d.id = $1
RETURNING
  d.id, d.source, d.delivery_id, d.event_name, d.headers, d.received_at, d.outcome, d.reason, d.error, d.event_ids,
  d.pipelines, d.attempts
