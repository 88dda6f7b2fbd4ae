-- Stores commits that are told of for the first time: first those that others stand for, then those others, which inherit
-- from them, so that each is written once. Nobody else can store one meanwhile: their pipelines are locked. Returns the
-- former.
CREATE FUNCTION devopstic.store_commits(first_told devopstic.told_commit[], aliases text[])
RETURNS devopstic.commit_key[]
LANGUAGE plpgsql
AS $$
DECLARE
  bots text := (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = 'bot_authors');
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
      LEAST(i.committed_at, devopstic.own_committed_at(n.first_commit_at, n.first_submit_at, n.approved_at)),
      COALESCE(
        LEAST(i.submit_at, n.first_submit_at),
        LEAST(i.committed_at, devopstic.own_committed_at(n.first_commit_at, n.first_submit_at, n.approved_at))),
      devopstic.landing_of(
        n.inside OR i.inside, n.outside OR i.outside, n.first_landed_at, n.approved_at),
      i.bot OR n.bot,
      i.rework OR n.rework,
      devopstic.is_outside(n.inside OR i.inside, n.outside OR i.outside)
    FROM unnest(first_told, aliases) AS n (
      pipeline_id, commit_id, first_commit_at, first_submit_at, approved_at, first_landed_at,
      parents, pull_request_ids, landed_heads, authors, url, bot, reverts, rework, inside, outside, alias_of)
    CROSS JOIN LATERAL (
      SELECT
        min(devopstic.own_committed_at(a.first_commit_at, a.first_submit_at, a.approved_at)) AS committed_at,
        min(a.first_submit_at) AS submit_at,
        COALESCE(bool_or(EXISTS (SELECT FROM unnest(a.authors) AS n (author) WHERE n.author ~ bots)), false) AS bot,
        COALESCE(bool_or(a.told_rework), false) AS rework,
        COALESCE(bool_or(a.told_inside), false) AS inside,
        COALESCE(bool_or(a.told_outside), false) AS outside
      FROM (
        SELECT
          a.first_commit_at, a.first_submit_at, a.approved_at, a.authors, a.told_rework, a.told_inside, a.told_outside
        FROM devopstic.commits AS a
        WHERE a.pipeline_id = n.pipeline_id AND a.alias_of BETWEEN n.commit_id AND n.commit_id AND standing
        ORDER BY a.alias_of
        OFFSET 0
      ) AS a
    ) AS i
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
  realiased devopstic.commit_key[])
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  bots text := (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = 'bot_authors');
BEGIN
  UPDATE devopstic.commits AS c
  SET inherited_committed_at = i.committed_at,
      inherited_submit_at = i.submit_at,
      inherited_bot = i.bot,
      inherited_rework = i.rework,
      inherited_inside = i.inside,
      inherited_outside = i.outside,
      committed_at = LEAST(i.committed_at, devopstic.own_committed_at(c.first_commit_at, c.first_submit_at, c.approved_at)),
      submitted_at = COALESCE(
        LEAST(i.submit_at, c.first_submit_at),
        LEAST(i.committed_at, devopstic.own_committed_at(c.first_commit_at, c.first_submit_at, c.approved_at))),
      landed_at = devopstic.landing_of(
        c.told_inside OR i.inside, c.told_outside OR i.outside, c.first_landed_at, c.approved_at),
      bot = i.bot OR EXISTS (SELECT FROM unnest(c.authors) AS n (author) WHERE n.author ~ bots),
      rework = c.told_rework OR i.rework,
      outside = devopstic.is_outside(c.told_inside OR i.inside, c.told_outside OR i.outside)
  FROM (
    (
      SELECT k.pipeline_id, k.commit_id
      FROM unnest(realiased) AS k
      UNION
      SELECT a.pipeline_id, a.alias_of
      FROM (
        SELECT e.pipeline_id, e.commit_id
        FROM unnest(fresh) AS e
        WHERE e.type IN ('commit', 'submit', 'approve')
        EXCEPT
        SELECT n.pipeline_id, n.commit_id
        FROM unnest(first_told) AS n
        UNION
        SELECT k.pipeline_id, k.commit_id
        FROM unnest(joined) AS k
      ) AS e
      CROSS JOIN LATERAL (
        SELECT a.pipeline_id, a.alias_of
        FROM devopstic.commits AS a
        WHERE a.pipeline_id = e.pipeline_id AND a.commit_id = e.commit_id
        OFFSET 0
      ) AS a
      WHERE a.alias_of IS NOT NULL
    )
    EXCEPT
    SELECT n.pipeline_id, n.commit_id
    FROM unnest(first_told) AS n
  ) AS k
  CROSS JOIN LATERAL (
    SELECT s.ctid AS place
    FROM devopstic.commits AS s
    WHERE s.pipeline_id = k.pipeline_id AND s.commit_id = k.commit_id
    OFFSET 0
  ) AS s
  CROSS JOIN LATERAL (
    SELECT
      min(devopstic.own_committed_at(a.first_commit_at, a.first_submit_at, a.approved_at)) AS committed_at,
      min(a.first_submit_at) AS submit_at,
      COALESCE(bool_or(EXISTS (SELECT FROM unnest(a.authors) AS n (author) WHERE n.author ~ bots)), false) AS bot,
      COALESCE(bool_or(a.told_rework), false) AS rework,
      COALESCE(bool_or(a.told_inside), false) AS inside,
      COALESCE(bool_or(a.told_outside), false) AS outside
    FROM (
      SELECT
        a.first_commit_at, a.first_submit_at, a.approved_at, a.authors, a.told_rework, a.told_inside, a.told_outside
      FROM devopstic.commits AS a
      WHERE a.pipeline_id = k.pipeline_id AND a.alias_of BETWEEN k.commit_id AND k.commit_id
      ORDER BY a.alias_of
      OFFSET 0
    ) AS a
  ) AS i
  WHERE c.ctid = s.place
    AND (c.inherited_committed_at, c.inherited_submit_at, c.inherited_bot,
        c.inherited_rework, c.inherited_inside, c.inherited_outside)
      IS DISTINCT FROM (i.committed_at, i.submit_at, i.bot, i.rework, i.inside, i.outside);
END
$$;
