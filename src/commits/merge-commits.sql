-- domain.md, Commits: when a commit was made, from what was told of that commit alone.
CREATE FUNCTION devopstic.own_committed_at(first_commit_at timestamptz, first_submit_at timestamptz, approved_at timestamptz)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT COALESCE(first_commit_at, LEAST(first_submit_at, approved_at)) $$;

-- Level 1 of commits, pull requests and pushes.
CREATE FUNCTION devopstic.merge_commits(fresh devopstic.events[])
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  bots text := (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = 'bot_authors');
BEGIN
  INSERT INTO devopstic.commits AS c (
    pipeline_id, commit_id, first_commit_at, first_submit_at, approved_at, first_landed_at,
    parents, pull_request_ids, landed_heads, authors, url,
    committed_at, submitted_at, landed_at, bot)
  SELECT
    m.pipeline_id, m.commit_id, m.first_commit_at, m.first_submit_at, m.approved_at, m.first_landed_at,
    m.parents, m.pull_request_ids, m.landed_heads, m.authors, m.url,
    devopstic.own_committed_at(m.first_commit_at, m.first_submit_at, m.approved_at),
    COALESCE(m.first_submit_at, devopstic.own_committed_at(m.first_commit_at, m.first_submit_at, m.approved_at)),
    COALESCE(m.first_landed_at, m.approved_at),
    EXISTS (SELECT FROM unnest(m.authors) AS a (author) WHERE a.author ~ bots)
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
      min(e.url COLLATE "C") FILTER (WHERE e.type <> 'deploy') AS url
    FROM unnest(fresh) AS e
    LEFT JOIN LATERAL unnest(e.parents) AS p (commit_id) ON e.type <> 'deploy'
    WHERE e.status = 'success'
      AND (e.type IN ('commit', 'submit', 'approve') OR e.type = 'deploy' AND e.pull_request_id IS NOT NULL)
    GROUP BY e.pipeline_id, e.commit_id
  ) AS m
  ORDER BY m.pipeline_id, m.commit_id
  ON CONFLICT ON CONSTRAINT commits_pkey DO UPDATE SET
    first_commit_at = LEAST(c.first_commit_at, excluded.first_commit_at),
    first_submit_at = LEAST(c.first_submit_at, excluded.first_submit_at),
    approved_at = LEAST(c.approved_at, excluded.approved_at),
    first_landed_at = LEAST(c.first_landed_at, excluded.first_landed_at),
    parents = CASE WHEN excluded.parents <@ c.parents THEN c.parents
      ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.parents || excluded.parents) AS u (x) ORDER BY u.x) END,
    pull_request_ids = CASE WHEN excluded.pull_request_ids <@ c.pull_request_ids THEN c.pull_request_ids
      ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.pull_request_ids || excluded.pull_request_ids) AS u (x) ORDER BY u.x) END,
    landed_heads = CASE WHEN excluded.landed_heads <@ c.landed_heads THEN c.landed_heads
      ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.landed_heads || excluded.landed_heads) AS u (x) ORDER BY u.x) END,
    authors = CASE WHEN excluded.authors <@ c.authors THEN c.authors
      ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(c.authors || excluded.authors) AS u (x) ORDER BY u.x) END,
    url = LEAST(c.url, excluded.url),
    committed_at = LEAST(c.inherited_committed_at, devopstic.own_committed_at(
      LEAST(c.first_commit_at, excluded.first_commit_at),
      LEAST(c.first_submit_at, excluded.first_submit_at),
      LEAST(c.approved_at, excluded.approved_at))),
    submitted_at = COALESCE(
      LEAST(c.first_submit_at, excluded.first_submit_at, c.inherited_submit_at),
      LEAST(c.inherited_committed_at, devopstic.own_committed_at(
        LEAST(c.first_commit_at, excluded.first_commit_at),
        LEAST(c.first_submit_at, excluded.first_submit_at),
        LEAST(c.approved_at, excluded.approved_at)))),
    landed_at = COALESCE(
      LEAST(c.first_landed_at, excluded.first_landed_at), LEAST(c.approved_at, excluded.approved_at)),
    bot = c.bot OR excluded.bot
  WHERE LEAST(c.first_commit_at, excluded.first_commit_at) IS DISTINCT FROM c.first_commit_at
    OR LEAST(c.first_submit_at, excluded.first_submit_at) IS DISTINCT FROM c.first_submit_at
    OR LEAST(c.approved_at, excluded.approved_at) IS DISTINCT FROM c.approved_at
    OR LEAST(c.first_landed_at, excluded.first_landed_at) IS DISTINCT FROM c.first_landed_at
    OR LEAST(c.url, excluded.url) IS DISTINCT FROM c.url
    OR NOT excluded.parents <@ c.parents
    OR NOT excluded.pull_request_ids <@ c.pull_request_ids
    OR NOT excluded.landed_heads <@ c.landed_heads
    OR NOT excluded.authors <@ c.authors;

  INSERT INTO devopstic.pull_requests AS p (pipeline_id, pull_request_id, commits, approved_at, approved_commit)
  SELECT
    e.pipeline_id,
    e.pull_request_id,
    array_agg(DISTINCT e.commit_id),
    min(e.occurred_at) FILTER (WHERE e.type = 'approve'),
    (array_agg(e.commit_id ORDER BY e.occurred_at, e.commit_id) FILTER (WHERE e.type = 'approve'))[1]
  FROM unnest(fresh) AS e
  WHERE e.pull_request_id IS NOT NULL AND e.status = 'success' AND e.type IN ('commit', 'submit', 'approve', 'deploy')
  GROUP BY e.pipeline_id, e.pull_request_id
  ORDER BY e.pipeline_id, e.pull_request_id
  ON CONFLICT ON CONSTRAINT pull_requests_pkey DO UPDATE SET
    commits = CASE WHEN excluded.commits <@ p.commits THEN p.commits
      ELSE ARRAY(SELECT DISTINCT u.x FROM unnest(p.commits || excluded.commits) AS u (x) ORDER BY u.x) END,
    approved_at = LEAST(p.approved_at, excluded.approved_at),
    approved_commit = CASE
      WHEN (excluded.approved_at, excluded.approved_commit) < (p.approved_at, p.approved_commit) THEN excluded.approved_commit
      ELSE COALESCE(p.approved_commit, excluded.approved_commit) END
  WHERE NOT excluded.commits <@ p.commits
    OR (excluded.approved_at IS NOT NULL AND p.approved_at IS NULL)
    OR (excluded.approved_at, excluded.approved_commit) < (p.approved_at, p.approved_commit);

  INSERT INTO devopstic.pushes AS p (pipeline_id, head, commits)
  SELECT e.pipeline_id, e.landed_head, array_agg(DISTINCT e.commit_id)
  FROM unnest(fresh) AS e
  WHERE e.type = 'commit' AND e.status = 'success' AND e.landed_head IS NOT NULL
  GROUP BY e.pipeline_id, e.landed_head
  ORDER BY e.pipeline_id, e.landed_head
  ON CONFLICT ON CONSTRAINT pushes_pkey DO UPDATE SET
    commits = ARRAY(SELECT DISTINCT u.x FROM unnest(p.commits || excluded.commits) AS u (x) ORDER BY u.x)
  WHERE NOT excluded.commits <@ p.commits;
END
$$;
