-- domain.md, "One change, several SHAs": which commit stands for which, and what the change inherits from its aliases.
-- Returns every commit whose own part in a change, or whose aliases, became other ones.
--
-- OFFSET 0 keeps a look-up a look-up by its key: as a join, or with the condition of a partial index inside, it may
-- become a scan of all that the pipeline has, for each row.
CREATE FUNCTION devopstic.derive_aliases(fresh devopstic.events[])
RETURNS devopstic.commit_key[]
LANGUAGE plpgsql
AS $$
DECLARE
  bots text := (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = 'bot_authors');
  realiased devopstic.commit_key[];
BEGIN
  WITH touched_pull_requests AS (
    SELECT e.pipeline_id, e.pull_request_id, bool_or(e.type = 'approve') AS approving
    FROM unnest(fresh) AS e
    WHERE e.pull_request_id IS NOT NULL AND e.status = 'success' AND e.type IN ('commit', 'submit', 'approve', 'deploy')
    GROUP BY e.pipeline_id, e.pull_request_id
  ), members AS (
    SELECT p.pipeline_id, m.commit_id, t.approving
    FROM touched_pull_requests AS t
    JOIN devopstic.pull_requests AS p ON p.pipeline_id = t.pipeline_id AND p.pull_request_id = t.pull_request_id
    CROSS JOIN LATERAL unnest(p.commits) AS m (commit_id)
  ), candidates AS (
    SELECT m.pipeline_id, m.commit_id
    FROM members AS m
    UNION
    -- A commit became, or ceased to be, the approved one: what landed with it may change sides.
    SELECT s.pipeline_id, l.commit_id
    FROM members AS m
    JOIN devopstic.pushes AS s ON s.pipeline_id = m.pipeline_id AND s.head = m.commit_id
    CROSS JOIN LATERAL unnest(s.commits) AS l (commit_id)
    WHERE m.approving
    UNION
    SELECT e.pipeline_id, e.commit_id
    FROM unnest(fresh) AS e
    WHERE e.type = 'commit' AND e.status = 'success' AND e.landed_head IS NOT NULL
  ), derived AS MATERIALIZED (
    SELECT
      c.pipeline_id,
      c.commit_id,
      c.alias_of AS old_alias,
      CASE
        WHEN EXISTS (
          SELECT
          FROM devopstic.pull_requests AS own
          WHERE own.pipeline_id = c.pipeline_id AND own.approved_commit = c.commit_id
        ) THEN NULL
        ELSE (
          SELECT a.approved_commit
          FROM (
            SELECT p.approved_at, p.approved_commit
            FROM unnest(c.pull_request_ids) AS r (pull_request_id)
            CROSS JOIN LATERAL (
              SELECT p.approved_at, p.approved_commit
              FROM devopstic.pull_requests AS p
              WHERE p.pipeline_id = c.pipeline_id AND p.pull_request_id = r.pull_request_id
              OFFSET 0
            ) AS p
            WHERE p.approved_commit IS NOT NULL
            UNION ALL
            SELECT p.approved_at, p.approved_commit
            FROM unnest(c.landed_heads) AS h (head)
            CROSS JOIN LATERAL (
              SELECT p.approved_at, p.approved_commit
              FROM devopstic.pull_requests AS p
              WHERE p.pipeline_id = c.pipeline_id AND p.approved_commit = h.head
              OFFSET 0
            ) AS p
          ) AS a
          ORDER BY a.approved_at, a.approved_commit
          LIMIT 1)
      END AS new_alias
    FROM candidates AS k
    JOIN devopstic.commits AS c ON c.pipeline_id = k.pipeline_id AND c.commit_id = k.commit_id
  ), updated AS (
    UPDATE devopstic.commits AS c
    SET alias_of = d.new_alias
    FROM derived AS d
    WHERE c.pipeline_id = d.pipeline_id AND c.commit_id = d.commit_id
      AND d.new_alias IS DISTINCT FROM d.old_alias
    RETURNING c.pipeline_id, c.commit_id, d.old_alias, d.new_alias
  )
  SELECT array_agg(DISTINCT ROW(u.pipeline_id, k.commit_id)::devopstic.commit_key)
  INTO realiased
  FROM updated AS u
  CROSS JOIN LATERAL (VALUES (u.commit_id), (u.old_alias), (u.new_alias)) AS k (commit_id)
  WHERE k.commit_id IS NOT NULL;

  UPDATE devopstic.commits AS c
  SET inherited_committed_at = i.committed_at,
      inherited_submit_at = i.submit_at,
      inherited_bot = i.bot,
      committed_at = LEAST(i.committed_at, devopstic.own_committed_at(c.first_commit_at, c.first_submit_at, c.approved_at)),
      submitted_at = COALESCE(
        LEAST(i.submit_at, c.first_submit_at),
        LEAST(i.committed_at, devopstic.own_committed_at(c.first_commit_at, c.first_submit_at, c.approved_at))),
      bot = i.bot OR EXISTS (SELECT FROM unnest(c.authors) AS n (author) WHERE n.author ~ bots)
  FROM (
    SELECT k.pipeline_id, k.commit_id
    FROM unnest(realiased) AS k
    UNION
    SELECT a.pipeline_id, a.alias_of
    FROM unnest(fresh) AS e
    CROSS JOIN LATERAL (
      SELECT a.pipeline_id, a.alias_of
      FROM devopstic.commits AS a
      WHERE a.pipeline_id = e.pipeline_id AND a.commit_id = e.commit_id
      OFFSET 0
    ) AS a
    WHERE e.type IN ('commit', 'submit', 'approve') AND a.alias_of IS NOT NULL
  ) AS k
  CROSS JOIN LATERAL (
    SELECT
      min(devopstic.own_committed_at(a.first_commit_at, a.first_submit_at, a.approved_at)) AS committed_at,
      min(a.first_submit_at) AS submit_at,
      COALESCE(bool_or(EXISTS (SELECT FROM unnest(a.authors) AS n (author) WHERE n.author ~ bots)), false) AS bot
    FROM devopstic.commits AS a
    WHERE a.pipeline_id = k.pipeline_id AND a.alias_of = k.commit_id
  ) AS i
  WHERE c.pipeline_id = k.pipeline_id AND c.commit_id = k.commit_id
    AND (c.inherited_committed_at, c.inherited_submit_at, c.inherited_bot)
      IS DISTINCT FROM (i.committed_at, i.submit_at, i.bot);

  RETURN realiased;
END
$$;
