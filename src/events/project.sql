-- Derives the facts that new events touch. Level 1 rows only ever merge (least times, unions of sets, flags or-ed);
-- level 2 is a function of level 1. Neither depends on the order or grouping in which events come, so ingest and
-- rebuild share this one function. The caller holds the locks of the pipelines.
-- The switches, and how the functions called here look something up: see look-ups.sql.
CREATE FUNCTION devopstic.project(fresh devopstic.events[])
RETURNS void
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
AS $$
DECLARE
  -- Once for all that need them.
  bots text := devopstic.setting('bot_authors');
  production text := devopstic.setting('production_environments');
  reviewed devopstic.commit_key[];
  moved devopstic.deployment_place[];
  first_told devopstic.told_commit[];
  aliases text[];
  realiased devopstic.commit_key[];
  joined devopstic.commit_key[];
  carried devopstic.carrier[];
  rebased devopstic.commit_key[];
  reworked devopstic.deployment_place[];
  blamed devopstic.deployment_place[];
BEGIN
  UPDATE devopstic.pipelines AS p
  SET events = p.events + n.events,
      first_event_at = LEAST(p.first_event_at, n.first_event_at),
      last_event_at = GREATEST(p.last_event_at, n.last_event_at)
  FROM (
    SELECT e.pipeline_id, count(*) AS events, min(e.occurred_at) AS first_event_at, max(e.occurred_at) AS last_event_at
    FROM unnest(fresh) AS e
    GROUP BY e.pipeline_id
  ) AS n
  CROSS JOIN LATERAL (
    SELECT s.ctid AS place
    FROM devopstic.pipelines AS s
    WHERE s.pipeline_id = n.pipeline_id
    OFFSET 0
  ) AS s
  WHERE p.ctid = s.place;

  PERFORM devopstic.merge_pull_requests(fresh);
  first_told := devopstic.merge_commits(fresh, bots);
  SELECT a.realiased, a.aliases
  INTO realiased, aliases
  FROM devopstic.derive_aliases(fresh, first_told) AS a;
  joined := devopstic.store_commits(first_told, aliases, bots);
  PERFORM devopstic.inherit_commits(fresh, first_told, joined, realiased, bots);
  reviewed := devopstic.derive_reviews(fresh);
  moved := devopstic.merge_deployments(fresh);
  carried := devopstic.derive_carriers(fresh, moved);
  rebased := devopstic.derive_baselines(moved);
  reworked := devopstic.derive_changes(fresh, moved, realiased, carried, rebased || reviewed, production);
  blamed := devopstic.derive_incidents(fresh, moved, realiased, joined);
  PERFORM devopstic.derive_kinds(moved, carried, blamed || reworked);
END
$$;
