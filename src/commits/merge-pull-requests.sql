-- Level 1 of pull requests and pushes: the commits of each, and which was approved first.
CREATE FUNCTION devopstic.merge_pull_requests(fresh devopstic.events[])
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO devopstic.pull_requests AS p (pipeline_id, pull_request_id, commits, approved_at, approved_commit)
  SELECT
    e.pipeline_id,
    e.pull_request_id,
    array_agg(DISTINCT e.commit_id),
    min(e.occurred_at) FILTER (WHERE e.type = 'approve'),
    (array_agg(e.commit_id ORDER BY e.occurred_at, e.commit_id) FILTER (WHERE e.type = 'approve'))[1]
  FROM unnest(fresh) AS e
  WHERE devopstic.joins_pull_request(e.type, e.status, e.pull_request_id)
  GROUP BY e.pipeline_id, e.pull_request_id
  ORDER BY e.pipeline_id, e.pull_request_id
  ON CONFLICT ON CONSTRAINT pull_requests_pkey DO UPDATE SET
    commits = devopstic.united(p.commits, excluded.commits),
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
    commits = devopstic.united(p.commits, excluded.commits)
  WHERE NOT excluded.commits <@ p.commits;
END
$$;
