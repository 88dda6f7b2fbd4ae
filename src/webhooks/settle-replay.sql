-- What reading deliveries once more made of them. One that could be read is as it is read now; one that could not stays what
-- it was if it was recorded, with the error beside it; what of it is stored now is its own, too. $1: a JSON array of decisions.
UPDATE devopstic.webhook_deliveries AS d
SET outcome = CASE WHEN kept.so THEN d.outcome ELSE now.outcome END,
    reason = CASE WHEN kept.so THEN d.reason ELSE now.reason END,
    error = now.error,
    event_ids = CASE WHEN now.outcome IN ('recorded', 'ignored') THEN now.event_ids
      ELSE ARRAY(SELECT DISTINCT told.id FROM unnest(d.event_ids || now.event_ids) AS told (id)) END,
    pipelines = CASE WHEN now.outcome IN ('recorded', 'ignored') THEN now.pipelines
      ELSE ARRAY(SELECT DISTINCT told.pipeline_id FROM unnest(d.pipelines || now.pipelines) AS told (pipeline_id) ORDER BY 1) END,
    attempts = d.attempts + 1
FROM jsonb_to_recordset($1) AS now (id uuid, outcome text, reason text, error text, event_ids text[], pipelines text[])
JOIN devopstic.webhook_deliveries AS before ON before.id = now.id
CROSS JOIN LATERAL (SELECT before.outcome = 'recorded' AND now.outcome NOT IN ('recorded', 'ignored') AS so) AS kept
WHERE d.id = now.id
