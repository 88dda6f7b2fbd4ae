-- The stored events that these deliveries told when they were last read. $1: the deliveries.
SELECT DISTINCT e.pipeline_id, e.id
FROM devopstic.webhook_deliveries AS d
CROSS JOIN LATERAL unnest(d.pipelines) AS p (pipeline_id)
CROSS JOIN LATERAL unnest(d.event_ids) AS i (id)
JOIN devopstic.events AS e ON e.pipeline_id = p.pipeline_id COLLATE "C" AND e.id = i.id COLLATE "C"
WHERE d.id = ANY ($1::uuid[])
