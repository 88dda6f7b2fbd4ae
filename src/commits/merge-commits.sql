-- domain.md, Commits: when a commit was made, from what was told of that commit alone.
CREATE FUNCTION devopstic.own_committed_at(first_commit_at timestamptz, first_submit_at timestamptz, approved_at timestamptz)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT COALESCE(first_commit_at, LEAST(first_submit_at, approved_at)) $$;

-- domain.md, "Several pipelines of one repository": a change is outside if some of its commits are told to be, and none to be
-- inside.
CREATE FUNCTION devopstic.is_outside(inside boolean, outside boolean)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$ SELECT outside AND NOT inside $$;

-- When a commit reached the default branch; what is outside of a pipeline lands nowhere in it.
CREATE FUNCTION devopstic.landing_of(inside boolean, outside boolean, first_landed_at timestamptz, approved_at timestamptz)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN NOT devopstic.is_outside(inside, outside) THEN COALESCE(first_landed_at, approved_at) END $$;

-- Level 1 of commits. Returns those that are told of for the first time, which are not stored yet: once it is known
-- which of them others stand for, each is written once.
--
-- OFFSET 0 keeps the look-up of a commit one by its key, and one for each.
CREATE FUNCTION devopstic.merge_commits(fresh devopstic.events[])
RETURNS devopstic.told_commit[]
LANGUAGE plpgsql
AS $$
DECLARE
  bots text := (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = 'bot_authors');
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
        EXISTS (SELECT FROM unnest(m.authors) AS a (author) WHERE a.author ~ bots),
        m.reverts, m.rework, m.inside, m.outside)::devopstic.told_commit AS told,
      EXISTS (
        SELECT
        FROM devopstic.commits AS c
        WHERE c.pipeline_id = m.pipeline_id AND c.commit_id = m.commit_id
        OFFSET 0) AS stored
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
        AND (e.type IN ('commit', 'submit', 'approve') OR e.type = 'deploy' AND e.pull_request_id IS NOT NULL)
      GROUP BY e.pipeline_id, e.commit_id
    ) AS m
    OFFSET 0
  ) AS t;

  UPDATE devopstic.commits AS c
  SET first_commit_at = LEAST(c.first_commit_at, m.first_commit_at),
      first_submit_at = LEAST(c.first_submit_at, m.first_submit_at),
      approved_at = LEAST(c.approved_at, m.approved_at),
      first_landed_at = LEAST(c.first_landed_at, m.first_landed_at),
      parents = CASE WHEN m.parents <@ c.parents THEN c.parents
        ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.parents || m.parents) AS u (x) ORDER BY u.x) END,
      pull_request_ids = CASE WHEN m.pull_request_ids <@ c.pull_request_ids THEN c.pull_request_ids
        ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.pull_request_ids || m.pull_request_ids) AS u (x) ORDER BY u.x) END,
      landed_heads = CASE WHEN m.landed_heads <@ c.landed_heads THEN c.landed_heads
        ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.landed_heads || m.landed_heads) AS u (x) ORDER BY u.x) END,
      authors = CASE WHEN m.authors <@ c.authors THEN c.authors
        ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.authors || m.authors) AS u (x) ORDER BY u.x) END,
      url = LEAST(c.url, m.url),
      committed_at = LEAST(c.inherited_committed_at, devopstic.own_committed_at(
        LEAST(c.first_commit_at, m.first_commit_at),
        LEAST(c.first_submit_at, m.first_submit_at),
        LEAST(c.approved_at, m.approved_at))),
      submitted_at = COALESCE(
        LEAST(c.first_submit_at, m.first_submit_at, c.inherited_submit_at),
        LEAST(c.inherited_committed_at, devopstic.own_committed_at(
          LEAST(c.first_commit_at, m.first_commit_at),
          LEAST(c.first_submit_at, m.first_submit_at),
          LEAST(c.approved_at, m.approved_at)))),
      landed_at = devopstic.landing_of(
        c.told_inside OR m.inside OR c.inherited_inside, c.told_outside OR m.outside OR c.inherited_outside,
        LEAST(c.first_landed_at, m.first_landed_at), LEAST(c.approved_at, m.approved_at)),
      bot = c.bot OR m.bot,
      reverts = CASE WHEN m.reverts <@ c.reverts THEN c.reverts
        ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.reverts || m.reverts) AS u (x) ORDER BY u.x) END,
      told_rework = c.told_rework OR m.rework,
      told_inside = c.told_inside OR m.inside,
      told_outside = c.told_outside OR m.outside,
      rework = c.rework OR m.rework,
      outside = devopstic.is_outside(
        c.told_inside OR m.inside OR c.inherited_inside, c.told_outside OR m.outside OR c.inherited_outside)
  FROM unnest(known) AS m
  CROSS JOIN LATERAL (
    SELECT s.ctid AS place
    FROM devopstic.commits AS s
    WHERE s.pipeline_id = m.pipeline_id AND s.commit_id = m.commit_id
    OFFSET 0
  ) AS k
  WHERE c.ctid = k.place
    AND (LEAST(c.first_commit_at, m.first_commit_at) IS DISTINCT FROM c.first_commit_at
      OR LEAST(c.first_submit_at, m.first_submit_at) IS DISTINCT FROM c.first_submit_at
      OR LEAST(c.approved_at, m.approved_at) IS DISTINCT FROM c.approved_at
      OR LEAST(c.first_landed_at, m.first_landed_at) IS DISTINCT FROM c.first_landed_at
      OR LEAST(c.url, m.url) IS DISTINCT FROM c.url
      OR NOT m.parents <@ c.parents
      OR NOT m.pull_request_ids <@ c.pull_request_ids
      OR NOT m.landed_heads <@ c.landed_heads
      OR NOT m.authors <@ c.authors
      OR NOT m.reverts <@ c.reverts
      OR m.rework > c.told_rework OR m.inside > c.told_inside OR m.outside > c.told_outside);

  RETURN first_told;
END
$$;
