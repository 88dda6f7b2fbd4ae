-- Level 1 of commits. Returns those that are told of for the first time, which are not stored yet: once it is known
-- which of them others stand for, each is written once.
CREATE FUNCTION devopstic.merge_commits(fresh devopstic.events[], bots text)
RETURNS devopstic.told_commit[]
LANGUAGE plpgsql
AS $$
DECLARE
  first_told devopstic.told_commit[];
  known devopstic.told_commit[];
BEGIN
  SELECT
    array_agg(t.told ORDER BY t.pipeline_id, t.commit_id) FILTER (WHERE NOT t.stored),
    array_agg(t.told ORDER BY t.pipeline_id, t.commit_id) FILTER (WHERE t.stored)
  INTO first_told, known
  FROM (
    SELECT
      m.pipeline_id, m.commit_id,
      ROW(m.pipeline_id, m.commit_id, m.first_commit_at, m.first_submit_at, m.approved_at, m.first_landed_at,
        m.parents, m.pull_request_ids, m.landed_heads, m.authors, m.url,
        EXISTS (SELECT FROM devopstic.bots_among(m.authors, bots)),
        m.reverts, m.rework, m.inside, m.outside)::devopstic.told_commit AS told,
      EXISTS (SELECT FROM devopstic.ties_of(m.pipeline_id, m.commit_id)) AS stored
    FROM (
      SELECT
        e.pipeline_id,
        e.commit_id,
        min(e.occurred_at) FILTER (WHERE e.type = 'commit') AS first_commit_at,
        min(e.occurred_at) FILTER (WHERE e.type = 'submit') AS first_submit_at,
        min(e.occurred_at) FILTER (WHERE e.type = 'approve') AS approved_at,
        min(e.landed_at) FILTER (WHERE e.type = 'commit') AS first_landed_at,
        COALESCE(array_agg(DISTINCT p.commit_id) FILTER (WHERE p.commit_id IS NOT NULL), '{}') AS parents,
        COALESCE(array_agg(DISTINCT e.pull_request_id) FILTER (WHERE e.pull_request_id IS NOT NULL), '{}') AS pull_request_ids,
        COALESCE(array_agg(DISTINCT e.landed_head) FILTER (WHERE e.type = 'commit' AND e.landed_head IS NOT NULL), '{}') AS landed_heads,
        COALESCE(array_agg(DISTINCT e.author) FILTER (WHERE e.type IN ('commit', 'submit') AND e.author IS NOT NULL), '{}') AS authors,
        min(e.url COLLATE "C") FILTER (WHERE e.type <> 'deploy') AS url,
        COALESCE(array_agg(DISTINCT p.reverted) FILTER (WHERE e.type = 'commit' AND p.reverted IS NOT NULL), '{}') AS reverts,
        bool_or(e.type <> 'deploy' AND e.rework IS TRUE) AS rework,
        bool_or(e.type = 'commit' AND e.outside IS NOT TRUE) AS inside,
        bool_or(e.type = 'commit' AND e.outside IS TRUE) AS outside
      FROM unnest(fresh) AS e
      LEFT JOIN LATERAL unnest(e.parents, e.reverts) AS p (commit_id, reverted) ON e.type <> 'deploy'
      WHERE e.status = 'success'
        AND (devopstic.tells_of_commit(e.type) OR e.type = 'deploy' AND e.pull_request_id IS NOT NULL)
      GROUP BY e.pipeline_id, e.commit_id
    ) AS m
    OFFSET 0
  ) AS t;

  UPDATE devopstic.commits AS c
  SET first_commit_at = t.first_commit_at,
      first_submit_at = t.first_submit_at,
      approved_at = t.approved_at,
      first_landed_at = t.first_landed_at,
      parents = devopstic.united(k.parents, m.parents),
      pull_request_ids = devopstic.united(k.pull_request_ids, m.pull_request_ids),
      landed_heads = devopstic.united(k.landed_heads, m.landed_heads),
      authors = devopstic.united(k.authors, m.authors),
      reverts = devopstic.united(k.reverts, m.reverts),
      url = t.url,
      told_rework = t.rework,
      told_inside = t.inside,
      told_outside = t.outside,
      committed_at = devopstic.committed_at(
        t.first_commit_at, t.first_submit_at, t.approved_at, k.inherited_committed_at),
      submitted_at = devopstic.submitted_at(
        t.first_commit_at, t.first_submit_at, t.approved_at, k.inherited_committed_at, k.inherited_submit_at),
      landed_at = devopstic.landed_at(
        t.first_landed_at, t.approved_at, t.inside OR k.inherited_inside, t.outside OR k.inherited_outside),
      bot = k.bot OR m.bot,
      rework = k.rework OR m.rework,
      outside = devopstic.is_outside(t.inside OR k.inherited_inside, t.outside OR k.inherited_outside)
  FROM unnest(known) AS m
  CROSS JOIN LATERAL devopstic.commit_of(m.pipeline_id, m.commit_id) AS k
  CROSS JOIN LATERAL (
    SELECT
      LEAST(k.first_commit_at, m.first_commit_at) AS first_commit_at,
      LEAST(k.first_submit_at, m.first_submit_at) AS first_submit_at,
      LEAST(k.approved_at, m.approved_at) AS approved_at,
      LEAST(k.first_landed_at, m.first_landed_at) AS first_landed_at,
      LEAST(k.url, m.url) AS url,
      k.told_rework OR m.rework AS rework, k.told_inside OR m.inside AS inside, k.told_outside OR m.outside AS outside
  ) AS t
  WHERE c.ctid = k.place
    AND ((t.first_commit_at, t.first_submit_at, t.approved_at, t.first_landed_at, t.url, t.rework, t.inside, t.outside)
        IS DISTINCT FROM (k.first_commit_at, k.first_submit_at, k.approved_at, k.first_landed_at, k.url,
          k.told_rework, k.told_inside, k.told_outside)
      OR NOT (m.parents <@ k.parents AND m.pull_request_ids <@ k.pull_request_ids AND m.landed_heads <@ k.landed_heads
        AND m.authors <@ k.authors AND m.reverts <@ k.reverts));

  RETURN first_told;
END
$$;
