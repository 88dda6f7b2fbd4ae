-- The rebuild's step: derives from the next stored events of a pipeline, by time and id, after the given ones.
-- Returns how many there were and the last; zero at the end.
CREATE FUNCTION devopstic.project_stored(pipeline text, after_at timestamptz, after_id text, most int)
RETURNS TABLE (events int, last_at timestamptz, last_id text)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
AS $$
DECLARE
  stored devopstic.events[];
BEGIN
  SELECT array_agg(e.stored ORDER BY (e.stored).occurred_at, (e.stored).id)
  INTO stored
  FROM (
    SELECT e AS stored
    FROM devopstic.events AS e
    WHERE e.pipeline_id = pipeline AND e.occurred_at >= after_at AND (e.occurred_at, e.id) > (after_at, after_id)
    ORDER BY e.occurred_at, e.id
    LIMIT most
  ) AS e;

  events := COALESCE(cardinality(stored), 0);
  IF events > 0 THEN
    PERFORM devopstic.project(stored);
    last_at := stored[events].occurred_at;
    last_id := stored[events].id;
  END IF;
  RETURN NEXT;
END
$$;
