-- Which changes have landed and are in no production environment, whatever that is called: those that may have landed now
-- begin to wait, unless they are there already. `ended`: those that came to production, or may be none any more.
CREATE FUNCTION devopstic.derive_waiting(landed devopstic.commit_key[], ended devopstic.commit_key[], production text)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  DELETE FROM devopstic.waiting_for_production AS w
  USING unnest(ended) AS k
  CROSS JOIN LATERAL (
    SELECT s.ctid AS place
    FROM devopstic.waiting_for_production AS s
    WHERE s.pipeline_id = k.pipeline_id AND s.commit_id = k.commit_id
    OFFSET 0
  ) AS s
  WHERE w.ctid = s.place;

  INSERT INTO devopstic.waiting_for_production (pipeline_id, commit_id)
  SELECT k.pipeline_id, k.commit_id
  FROM unnest(landed) AS k
  WHERE NOT EXISTS (
    SELECT FROM devopstic.changes_carried(k.pipeline_id, k.commit_id) AS x WHERE x.environment ~* production)
  ORDER BY k.pipeline_id, k.commit_id
  ON CONFLICT ON CONSTRAINT waiting_for_production_pkey DO NOTHING;
END
$$;
