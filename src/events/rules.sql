-- The rules of domain.md that several statements need, each said once. They are expressions, which PostgreSQL puts in place
-- of the call: it costs nothing.

-- Of what is told of commits, and not of a deployment or an incident.
CREATE FUNCTION devopstic.tells_of_commit(type text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$ SELECT type IN ('commit', 'submit', 'approve') $$;

-- Whether an event ties its commit to its pull request.
CREATE FUNCTION devopstic.joins_pull_request(type text, status text, pull_request_id bigint)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$
  SELECT pull_request_id IS NOT NULL AND status = 'success' AND type IN ('commit', 'submit', 'approve', 'deploy')
$$;

-- Commits: when one was made. What its aliases add is `inherited`.
CREATE FUNCTION devopstic.committed_at(
  first_commit_at timestamptz, first_submit_at timestamptz, approved_at timestamptz,
  inherited_committed_at timestamptz DEFAULT NULL)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT LEAST(inherited_committed_at, COALESCE(first_commit_at, LEAST(first_submit_at, approved_at))) $$;

-- When it was submitted for review.
CREATE FUNCTION devopstic.submitted_at(
  first_commit_at timestamptz, first_submit_at timestamptz, approved_at timestamptz,
  inherited_committed_at timestamptz, inherited_submit_at timestamptz)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$
  SELECT COALESCE(
    LEAST(inherited_submit_at, first_submit_at),
    devopstic.committed_at(first_commit_at, first_submit_at, approved_at, inherited_committed_at))
$$;

-- When it was approved: by a review, if reviews approve.
CREATE FUNCTION devopstic.approved_at(approved_at timestamptz, review_approved_at timestamptz)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT LEAST(review_approved_at, approved_at) $$;

-- "Several pipelines of one repository": it is outside if some of its commits are told to be, and none to be inside.
CREATE FUNCTION devopstic.is_outside(inside boolean, outside boolean)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$ SELECT outside AND NOT inside $$;

-- When it reached the default branch; what is outside of a pipeline lands nowhere in it.
CREATE FUNCTION devopstic.landed_at(
  first_landed_at timestamptz, approved_at timestamptz, inside boolean DEFAULT true, outside boolean DEFAULT false)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN NOT devopstic.is_outside(inside, outside) THEN COALESCE(first_landed_at, approved_at) END $$;

-- "One change, several commits": the commit that stands for its change.
CREATE FUNCTION devopstic.change_of(commit_id text, alias_of text)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT COALESCE(alias_of, commit_id) $$;

-- Bots: the authors that are one.
CREATE FUNCTION devopstic.bots_among(authors text[], bots text)
RETURNS SETOF text
LANGUAGE sql IMMUTABLE
AS $$ SELECT a.author FROM unnest(authors) AS a (author) WHERE a.author ~ bots $$;

-- Deployments: what became of a deployment, of the first time that it was said to be each.
CREATE FUNCTION devopstic.deployment_status(success_at timestamptz, failure_at timestamptz, canceled_at timestamptz)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
  SELECT CASE
    WHEN success_at IS NOT NULL THEN 'success'
    WHEN failure_at IS NOT NULL THEN 'failure'
    WHEN canceled_at IS NOT NULL THEN 'canceled'
    ELSE 'in_progress'
  END
$$;

-- Of what metrics count: neither canceled nor in progress.
CREATE FUNCTION devopstic.is_finished(status text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$ SELECT status IN ('success', 'failure') $$;

CREATE FUNCTION devopstic.finished_at(success_at timestamptz, failure_at timestamptz, canceled_at timestamptz)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT COALESCE(success_at, failure_at, canceled_at) $$;

-- The hour that a change of the facts is noted by (ADR 0012).
CREATE FUNCTION devopstic.hour_of(instant timestamptz)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE
AS $$ SELECT date_bin('1 hour', instant, '2000-01-01T00:00:00Z') $$;

-- A set with what is added to it, in order; itself if that is nothing new, which is seen without making another.
CREATE FUNCTION devopstic.united(kept anyarray, added anyarray)
RETURNS anyarray
LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN added <@ kept THEN kept ELSE devopstic.set_of(kept || added) END $$;

CREATE FUNCTION devopstic.set_of(members anyarray)
RETURNS anyarray
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  RETURN ARRAY(SELECT DISTINCT m.member FROM unnest(members) AS m (member) ORDER BY m.member);
END
$$;
