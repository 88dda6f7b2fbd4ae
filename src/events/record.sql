-- The one door for events: appends a batch and derives, in the same transaction, everything that follows from it.
-- batch: a JSON array of normalised events, no key (pipeline_id, id) twice; pipelines: those it is about, since to parse the
-- batch for them takes long. Returns the stored rows of those that were known before; all others are new. How look-ups are
-- written: see project.sql.
CREATE FUNCTION devopstic.record(pipelines text[], batch json)
RETURNS SETOF devopstic.events
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
AS $$
DECLARE
  fresh devopstic.events[];
BEGIN
  -- Locks come first and in key order, so that batches neither deadlock nor derive from half of each other: every
  -- later statement sees all that earlier batches of these pipelines have committed.
  INSERT INTO devopstic.pipelines (pipeline_id)
  SELECT n.pipeline_id
  FROM unnest(pipelines) AS n (pipeline_id)
  ORDER BY n.pipeline_id COLLATE "C"
  ON CONFLICT (pipeline_id) DO NOTHING;

  PERFORM 1
  FROM (
    SELECT n.pipeline_id
    FROM unnest(pipelines) AS n (pipeline_id)
    ORDER BY n.pipeline_id COLLATE "C"
    OFFSET 0
  ) AS n
  CROSS JOIN LATERAL (
    SELECT
    FROM devopstic.pipelines AS p
    WHERE p.pipeline_id = n.pipeline_id
    OFFSET 0
    FOR NO KEY UPDATE
  ) AS p;

  WITH appended AS (
    -- A normalised event has the names of the columns, all of which it may have (event.fields.ts).
    INSERT INTO devopstic.events AS stored
    SELECT told.*
    FROM json_populate_recordset(NULL::devopstic.events, batch) AS told
    ORDER BY told.pipeline_id, told.id
    ON CONFLICT ON CONSTRAINT events_pkey DO NOTHING
    RETURNING stored
  )
  SELECT array_agg(appended.stored) INTO fresh FROM appended;

  IF fresh IS NOT NULL THEN
    PERFORM devopstic.project(fresh);
  END IF;
  IF coalesce(cardinality(fresh), 0) = json_array_length(batch) THEN
    RETURN;
  END IF;

  RETURN QUERY
  SELECT known.*
  FROM json_to_recordset(batch) AS told (pipeline_id text COLLATE "C", id text COLLATE "C")
  CROSS JOIN LATERAL (
    SELECT e.*
    FROM devopstic.events AS e
    WHERE e.pipeline_id = told.pipeline_id AND e.id = told.id
    OFFSET 0
  ) AS known
  WHERE NOT EXISTS (
    SELECT FROM unnest(fresh) AS f WHERE f.pipeline_id = told.pipeline_id AND f.id = told.id);
END
$$;
