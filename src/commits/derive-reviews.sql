-- domain.md, Reviews: what the reviews of pull requests say of the commits that these were approved as. They are read whole
-- from their events, which are few. Returns the commits of which something else is said than before.
CREATE FUNCTION devopstic.derive_reviews(fresh devopstic.events[])
RETURNS devopstic.commit_key[]
LANGUAGE plpgsql
AS $$
DECLARE
  changed devopstic.commit_key[];
BEGIN
  WITH touched AS (
    SELECT DISTINCT e.pipeline_id, e.pull_request_id
    FROM unnest(fresh) AS e
    WHERE e.type = 'review'
      OR e.type = 'approve' AND e.status = 'success' AND e.pull_request_id IS NOT NULL AND EXISTS (
        SELECT FROM devopstic.reviews_told(e.pipeline_id, e.pull_request_id))
  ), members AS (
    -- The approved commit, and those that may have been it until now.
    SELECT DISTINCT p.pipeline_id, m.commit_id
    FROM touched AS t
    CROSS JOIN LATERAL devopstic.pull_request_of(t.pipeline_id, t.pull_request_id) AS p
    CROSS JOIN LATERAL unnest(p.commits) AS m (commit_id)
  ), said AS (
    SELECT
      m.pipeline_id, m.commit_id,
      min(r.first_review_at) AS first_review_at,
      min(r.first_approval_at) AS first_approval_at,
      min(r.approved_at) AS approved_at,
      range_agg(r.drafts) AS drafts
    FROM members AS m
    LEFT JOIN LATERAL devopstic.approved_as(m.pipeline_id, m.commit_id) AS p ON true
    LEFT JOIN LATERAL devopstic.reviews_of(p.pipeline_id, p.pull_request_id, p.approved_at) AS r ON true
    GROUP BY m.pipeline_id, m.commit_id
  ), updated AS (
    UPDATE devopstic.commits AS c
    SET first_review_at = s.first_review_at,
        first_approval_at = s.first_approval_at,
        review_approved_at = s.approved_at,
        drafts = s.drafts
    FROM said AS s
    CROSS JOIN LATERAL devopstic.ties_of(s.pipeline_id, s.commit_id) AS k
    WHERE c.ctid = k.place
      AND (c.first_review_at, c.first_approval_at, c.review_approved_at, c.drafts)
        IS DISTINCT FROM (s.first_review_at, s.first_approval_at, s.approved_at, s.drafts)
    RETURNING c.pipeline_id, c.commit_id
  )
  SELECT array_agg(ROW(u.pipeline_id, u.commit_id)::devopstic.commit_key) INTO changed FROM updated AS u;

  RETURN changed;
END
$$;

-- Of one pull request: when it was first looked at and first approved by somebody else than a bot; by which review it was
-- approved as it stood when it was merged, if reviews approve; and when it was a draft again.
CREATE FUNCTION devopstic.reviews_of(pipeline text, pull_request bigint, merged_at timestamptz)
RETURNS TABLE (
  first_review_at timestamptz, first_approval_at timestamptz, approved_at timestamptz, drafts tstzmultirange)
LANGUAGE sql STABLE
AS $$
  WITH told AS MATERIALIZED (
    SELECT e.review_id, e.id, e.status, e.occurred_at, COALESCE(e.author ~ b.bots, false) AS bot
    FROM devopstic.reviews_told(pipeline, pull_request) AS e
    CROSS JOIN devopstic.setting('bot_authors') AS b (bots)
  ), reviews AS (
    SELECT
      min(t.occurred_at) FILTER (WHERE t.status <> 'canceled') AS at,
      min(t.occurred_at) FILTER (WHERE t.status = 'success') AS first_approved_at,
      max(t.occurred_at) FILTER (WHERE t.status = 'success' AND t.occurred_at <= merged_at) AS approved_at,
      (array_agg(t.status ORDER BY t.occurred_at DESC, t.id DESC)
        FILTER (WHERE t.status <> 'in_progress' AND t.occurred_at <= merged_at))[1] AS stood_as
    FROM told AS t
    WHERE NOT t.bot AND (t.review_id IS NOT NULL OR t.status IN ('success', 'failure'))
    -- One without an id is a review of its own.
    GROUP BY t.review_id, CASE WHEN t.review_id IS NULL THEN t.id END
  ), phases AS (
    SELECT t.status, t.occurred_at AS at, lead(t.occurred_at) OVER (ORDER BY t.occurred_at, t.id) AS until
    FROM told AS t
    WHERE t.review_id IS NULL AND t.status IN ('canceled', 'in_progress')
  )
  SELECT
    (SELECT min(r.at) FROM reviews AS r),
    (SELECT min(r.first_approved_at) FROM reviews AS r),
    (
      SELECT max(r.approved_at)
      FROM reviews AS r
      WHERE r.stood_as = 'success'
        AND (SELECT devopstic.setting('approval')) = 'review'
    ),
    (
      SELECT range_agg(tstzrange(p.at, p.until))
      FROM phases AS p
      WHERE p.status = 'canceled' AND (p.until > p.at OR p.until IS NULL)
    )
$$;
