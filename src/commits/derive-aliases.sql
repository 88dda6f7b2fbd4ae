-- domain.md, "One change, several SHAs": which commit stands for which. Returns in `aliases` what stands for each of the
-- commits told of for the first time, which are not stored yet, and in `realiased` every other commit whose own part in a
-- change, or whose aliases, became other ones.
--
-- OFFSET 0 keeps a look-up a look-up by its key: as a join, or with the condition of a partial index inside, it may
-- become a scan of all that the pipeline has, for each row.
CREATE FUNCTION devopstic.derive_aliases(
  fresh devopstic.events[], first_told devopstic.told_commit[],
  OUT realiased devopstic.commit_key[], OUT aliases text[])
LANGUAGE plpgsql
AS $$
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
  ), sources AS (
    SELECT
      c.pipeline_id, c.commit_id, c.pull_request_ids, c.landed_heads, c.alias_of, true AS stored
    FROM candidates AS k
    JOIN devopstic.commits AS c ON c.pipeline_id = k.pipeline_id AND c.commit_id = k.commit_id
    UNION ALL
    SELECT n.pipeline_id, n.commit_id, n.pull_request_ids, n.landed_heads, NULL, false
    FROM unnest(first_told) AS n
  ), derived AS MATERIALIZED (
    SELECT
      c.pipeline_id,
      c.commit_id,
      c.stored,
      c.alias_of AS old_alias,
      CASE
        WHEN EXISTS (
          SELECT
          FROM devopstic.pull_requests AS own
          WHERE own.pipeline_id = c.pipeline_id AND own.approved_commit = c.commit_id
          OFFSET 0
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
    FROM sources AS c
  ), updated AS (
    UPDATE devopstic.commits AS c
    SET alias_of = d.new_alias
    FROM derived AS d
    WHERE c.pipeline_id = d.pipeline_id AND c.commit_id = d.commit_id
      AND d.stored AND d.new_alias IS DISTINCT FROM d.old_alias
    RETURNING c.pipeline_id, c.commit_id, d.old_alias, d.new_alias
  ), changed AS (
    SELECT array_agg(DISTINCT ROW(u.pipeline_id, k.commit_id)::devopstic.commit_key) AS commits
    FROM updated AS u
    CROSS JOIN LATERAL (VALUES (u.commit_id), (u.old_alias), (u.new_alias)) AS k (commit_id)
    WHERE k.commit_id IS NOT NULL
  ), new AS (
    -- In the order in which they came.
    SELECT array_agg(d.new_alias ORDER BY d.pipeline_id, d.commit_id) AS aliases
    FROM derived AS d
    WHERE NOT d.stored
  )
  SELECT c.commits, n.aliases
  INTO realiased, aliases
  FROM changed AS c
  CROSS JOIN new AS n;
END
$$;
