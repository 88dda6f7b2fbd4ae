-- domain.md, "One change, several SHAs": which commit stands for which. Returns in `aliases` what stands for each of the
-- commits told of for the first time, which are not stored yet, and in `realiased` every other commit whose own part in a
-- change, or whose aliases, became other ones.
CREATE FUNCTION devopstic.derive_aliases(
  fresh devopstic.events[], first_told devopstic.told_commit[],
  OUT realiased devopstic.commit_key[], OUT aliases text[])
LANGUAGE plpgsql
AS $$
BEGIN
  WITH touched_pull_requests AS (
    SELECT e.pipeline_id, e.pull_request_id, bool_or(e.type = 'approve') AS approving
    FROM unnest(fresh) AS e
    WHERE devopstic.joins_pull_request(e.type, e.status, e.pull_request_id)
    GROUP BY e.pipeline_id, e.pull_request_id
  ), members AS (
    SELECT p.pipeline_id, m.commit_id, t.approving
    FROM touched_pull_requests AS t
    CROSS JOIN LATERAL devopstic.pull_request_of(t.pipeline_id, t.pull_request_id) AS p
    CROSS JOIN LATERAL unnest(p.commits) AS m (commit_id)
  ), candidates AS (
    SELECT m.pipeline_id, m.commit_id
    FROM members AS m
    UNION
    -- A commit became, or ceased to be, the approved one: what landed with it may change sides.
    SELECT m.pipeline_id, l.commit_id
    FROM members AS m
    CROSS JOIN LATERAL (
      SELECT s.commits
      FROM devopstic.pushes AS s
      WHERE s.pipeline_id = m.pipeline_id AND s.head = m.commit_id
      OFFSET 0
    ) AS s
    CROSS JOIN LATERAL unnest(s.commits) AS l (commit_id)
    WHERE m.approving
    UNION
    SELECT e.pipeline_id, e.commit_id
    FROM unnest(fresh) AS e
    WHERE e.type = 'commit' AND e.status = 'success' AND e.landed_head IS NOT NULL
  ), sources AS (
    SELECT c.pipeline_id, c.commit_id, c.pull_request_ids, c.landed_heads, c.alias_of, c.place
    FROM candidates AS k
    CROSS JOIN LATERAL devopstic.ties_of(k.pipeline_id, k.commit_id) AS c
    UNION ALL
    -- These are nowhere yet.
    SELECT n.pipeline_id, n.commit_id, n.pull_request_ids, n.landed_heads, NULL, NULL
    FROM unnest(first_told) AS n
  ), derived AS MATERIALIZED (
    SELECT
      c.pipeline_id,
      c.commit_id,
      c.place,
      c.alias_of AS old_alias,
      CASE
        WHEN EXISTS (SELECT FROM devopstic.approved_as(c.pipeline_id, c.commit_id)) THEN NULL
        ELSE (
          SELECT a.approved_commit
          FROM (
            SELECT p.approved_at, p.approved_commit
            FROM unnest(c.pull_request_ids) AS r (pull_request_id)
            CROSS JOIN LATERAL devopstic.pull_request_of(c.pipeline_id, r.pull_request_id) AS p
            WHERE p.approved_commit IS NOT NULL
            UNION ALL
            SELECT p.approved_at, p.approved_commit
            FROM unnest(c.landed_heads) AS h (head)
            CROSS JOIN LATERAL devopstic.approved_as(c.pipeline_id, h.head) AS p
          ) AS a
          ORDER BY a.approved_at, a.approved_commit
          LIMIT 1)
      END AS new_alias
    FROM sources AS c
  ), updated AS (
    UPDATE devopstic.commits AS c
    SET alias_of = d.new_alias
    FROM derived AS d
    WHERE c.ctid = d.place AND d.new_alias IS DISTINCT FROM d.old_alias
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
    WHERE d.place IS NULL
  )
  SELECT c.commits, n.aliases
  INTO realiased, aliases
  FROM changed AS c
  CROSS JOIN new AS n;
END
$$;
