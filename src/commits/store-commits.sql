-- What a commit inherits from those that it stands for.
CREATE FUNCTION devopstic.inherited(pipeline text, sha text, bots text)
RETURNS TABLE (
  committed_at timestamptz, submit_at timestamptz, bot boolean, rework boolean, inside boolean, outside boolean)
LANGUAGE sql STABLE
AS $$
  SELECT
    min(devopstic.committed_at(a.first_commit_at, a.first_submit_at, a.approved_at)),
    min(a.first_submit_at),
    COALESCE(bool_or(EXISTS (SELECT FROM devopstic.bots_among(a.authors, bots))), false),
    COALESCE(bool_or(a.told_rework), false),
    COALESCE(bool_or(a.told_inside), false),
    COALESCE(bool_or(a.told_outside), false)
  FROM (
    SELECT
      a.first_commit_at, a.first_submit_at, a.approved_at, a.authors, a.told_rework, a.told_inside, a.told_outside
    FROM devopstic.commits AS a
    WHERE a.pipeline_id = pipeline AND a.alias_of BETWEEN sha AND sha
    ORDER BY a.alias_of
    OFFSET 0
  ) AS a
$$;

-- Stores commits that are told of for the first time: first those that others stand for, then those others, which inherit
-- from them, so that each is written once. Nobody else can store one meanwhile: their pipelines are locked. Returns the
-- former.
CREATE FUNCTION devopstic.store_commits(first_told devopstic.told_commit[], aliases text[], bots text)
RETURNS devopstic.commit_key[]
LANGUAGE plpgsql
AS $$
DECLARE
  standing boolean;
BEGIN
  FOREACH standing IN ARRAY ARRAY[false, true] LOOP
    INSERT INTO devopstic.commits (
      pipeline_id, commit_id, first_commit_at, first_submit_at, approved_at, first_landed_at,
      parents, pull_request_ids, landed_heads, authors, url,
      reverts, told_rework, told_inside, told_outside,
      alias_of, inherited_committed_at, inherited_submit_at, inherited_bot,
      inherited_rework, inherited_inside, inherited_outside,
      committed_at, submitted_at, landed_at, bot, rework, outside)
    SELECT
      n.pipeline_id, n.commit_id, n.first_commit_at, n.first_submit_at, n.approved_at, n.first_landed_at,
      n.parents, n.pull_request_ids, n.landed_heads, n.authors, n.url,
      n.reverts, n.rework, n.inside, n.outside,
      n.alias_of, i.committed_at, i.submit_at, i.bot,
      i.rework, i.inside, i.outside,
      devopstic.committed_at(n.first_commit_at, n.first_submit_at, n.approved_at, i.committed_at),
      devopstic.submitted_at(n.first_commit_at, n.first_submit_at, n.approved_at, i.committed_at, i.submit_at),
      devopstic.landed_at(n.first_landed_at, n.approved_at, n.inside OR i.inside, n.outside OR i.outside),
      i.bot OR n.bot,
      i.rework OR n.rework,
      devopstic.is_outside(n.inside OR i.inside, n.outside OR i.outside)
    FROM unnest(first_told, aliases) AS n (
      pipeline_id, commit_id, first_commit_at, first_submit_at, approved_at, first_landed_at,
      parents, pull_request_ids, landed_heads, authors, url, bot, reverts, rework, inside, outside, alias_of)
    -- Those that others stand for have no aliases: nothing is looked up for them.
    CROSS JOIN LATERAL devopstic.inherited(n.pipeline_id, CASE WHEN standing THEN n.commit_id END, bots) AS i
    WHERE (n.alias_of IS NULL) = standing;
  END LOOP;

  RETURN (
    SELECT array_agg(ROW(n.pipeline_id, n.commit_id)::devopstic.commit_key)
    FROM unnest(first_told, aliases) AS n (
      pipeline_id, commit_id, first_commit_at, first_submit_at, approved_at, first_landed_at,
      parents, pull_request_ids, landed_heads, authors, url, bot, reverts, rework, inside, outside, alias_of)
    WHERE n.alias_of IS NOT NULL);
END
$$;

-- What changes inherit from their aliases, where these have changed; those that are stored just now know it already.
CREATE FUNCTION devopstic.inherit_commits(
  fresh devopstic.events[], first_told devopstic.told_commit[], joined devopstic.commit_key[],
  realiased devopstic.commit_key[], bots text)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE devopstic.commits AS c
  SET inherited_committed_at = i.committed_at,
      inherited_submit_at = i.submit_at,
      inherited_bot = i.bot,
      inherited_rework = i.rework,
      inherited_inside = i.inside,
      inherited_outside = i.outside,
      committed_at = devopstic.committed_at(s.first_commit_at, s.first_submit_at, s.approved_at, i.committed_at),
      submitted_at = devopstic.submitted_at(
        s.first_commit_at, s.first_submit_at, s.approved_at, i.committed_at, i.submit_at),
      landed_at = devopstic.landed_at(
        s.first_landed_at, s.approved_at, s.told_inside OR i.inside, s.told_outside OR i.outside),
      bot = i.bot OR EXISTS (SELECT FROM devopstic.bots_among(s.authors, bots)),
      rework = s.told_rework OR i.rework,
      outside = devopstic.is_outside(s.told_inside OR i.inside, s.told_outside OR i.outside)
  FROM (
    (
      SELECT k.pipeline_id, k.commit_id
      FROM unnest(realiased) AS k
      UNION
      SELECT a.pipeline_id, a.alias_of
      FROM (
        SELECT e.pipeline_id, e.commit_id
        FROM unnest(fresh) AS e
        WHERE devopstic.tells_of_commit(e.type)
        EXCEPT
        SELECT n.pipeline_id, n.commit_id
        FROM unnest(first_told) AS n
        UNION
        SELECT k.pipeline_id, k.commit_id
        FROM unnest(joined) AS k
      ) AS e
      CROSS JOIN LATERAL devopstic.ties_of(e.pipeline_id, e.commit_id) AS a
      WHERE a.alias_of IS NOT NULL
    )
    EXCEPT
    SELECT n.pipeline_id, n.commit_id
    FROM unnest(first_told) AS n
  ) AS k
  CROSS JOIN LATERAL devopstic.commit_of(k.pipeline_id, k.commit_id) AS s
  CROSS JOIN LATERAL devopstic.inherited(k.pipeline_id, k.commit_id, bots) AS i
  WHERE c.ctid = s.place
    AND (s.inherited_committed_at, s.inherited_submit_at, s.inherited_bot,
        s.inherited_rework, s.inherited_inside, s.inherited_outside)
      IS DISTINCT FROM (i.committed_at, i.submit_at, i.bot, i.rework, i.inside, i.outside);
END
$$;
