-- How what `project` calls looks something up, and why it is written as it is.
--
-- PostgreSQL plans a statement once for each connection, keeps the plan, and believes statistics that may be of an empty
-- table. There to read all of a pipeline seems as cheap as a look-up, and is not when the table has filled (ADR 0005). So
-- nothing is left to estimates:
--
-- - The switches of `project` (enable_seqscan = off and the like) leave look-ups by index, one after the other, in the order
--   of the index; force_generic_plan keeps a plan from being made anew for each batch. They hold in all that it calls.
-- - OFFSET 0 is a fence: what stands before it is planned for itself. With the columns of the index inside and all other
--   conditions outside, no order of joins and no other index is left to choose.
-- - Where another index than that of the key is meant, the look-up asks for a range of one value (BETWEEN x AND x) in the
--   order of that index: the key's would have to sort.
-- - A row to be changed is looked up first and found by its place (ctid): the join of an UPDATE or DELETE may begin with all
--   rows of its table. The lock of the pipeline keeps the row where it is.
-- - MATERIALIZED keeps what is read twice from being computed twice.
--
-- The functions here say the look-ups that stand several times. PostgreSQL puts their text in place of the call (LANGUAGE sql,
-- STABLE, no SET), so they cost nothing but the columns that nobody reads, which a fence passes on all the same: what is looked
-- up most is narrow. They return rows of tables and views, since the columns of RETURNS TABLE would lose their COLLATE "C".

-- A setting as text; null: there is none. This one is called, and plans its look-up once for a connection.
CREATE FUNCTION devopstic.setting(name text)
RETURNS text
LANGUAGE plpgsql STABLE
AS $$
BEGIN
  RETURN (SELECT s.value #>> '{}' FROM devopstic.settings AS s WHERE s.name = setting.name);
END
$$;

-- A commit with its place, by which it is changed, and what it has to do with others.
CREATE VIEW devopstic.commit_ties AS
SELECT
  c.ctid AS place, c.pipeline_id, c.commit_id, c.alias_of, c.parents, c.pull_request_ids, c.landed_heads,
  c.first_landed_at, c.approved_at
FROM devopstic.commits AS c;

CREATE VIEW devopstic.placed_commits AS
SELECT c.ctid AS place, c.*
FROM devopstic.commits AS c;

CREATE VIEW devopstic.placed_deployments AS
SELECT
  d.ctid AS place, d.pipeline_id, d.environment, d.deployment_id, d.commit_id, d.commits, d.status, d.finished_at,
  d.flagged_rollback, d.flagged_rework, d.rollback, d.rework, d.failed_by, d.recovered_at, d.recovery_seconds
FROM devopstic.deployments AS d;

CREATE FUNCTION devopstic.ties_of(pipeline text, sha text)
RETURNS SETOF devopstic.commit_ties
LANGUAGE sql STABLE
AS $$
  SELECT c.*
  FROM devopstic.commit_ties AS c
  WHERE c.pipeline_id = pipeline AND c.commit_id = sha
  OFFSET 0
$$;

CREATE FUNCTION devopstic.commit_of(pipeline text, sha text)
RETURNS SETOF devopstic.placed_commits
LANGUAGE sql STABLE
AS $$
  SELECT c.*
  FROM devopstic.placed_commits AS c
  WHERE c.pipeline_id = pipeline AND c.commit_id = sha
  OFFSET 0
$$;

-- The commits that a commit stands for.
CREATE FUNCTION devopstic.aliases_of(pipeline text, sha text)
RETURNS SETOF devopstic.commit_key
LANGUAGE sql STABLE
AS $$
  SELECT c.pipeline_id, c.commit_id
  FROM devopstic.commits AS c
  WHERE c.pipeline_id = pipeline AND c.alias_of BETWEEN sha AND sha
  ORDER BY c.alias_of
  OFFSET 0
$$;

-- The commits that are one change with a commit, itself and the one that stands for it among them.
CREATE FUNCTION devopstic.change_with(pipeline text, sha text)
RETURNS SETOF devopstic.commit_key
LANGUAGE sql STABLE
AS $$
  SELECT c.pipeline_id, g.commit_id
  FROM devopstic.ties_of(pipeline, sha) AS c
  CROSS JOIN LATERAL (
    SELECT devopstic.change_of(c.commit_id, c.alias_of) AS commit_id
    UNION
    SELECT a.commit_id
    FROM devopstic.aliases_of(c.pipeline_id, devopstic.change_of(c.commit_id, c.alias_of)) AS a
  ) AS g
$$;

CREATE FUNCTION devopstic.pull_request_of(pipeline text, number bigint)
RETURNS SETOF devopstic.pull_requests
LANGUAGE sql STABLE
AS $$
  SELECT p.*
  FROM devopstic.pull_requests AS p
  WHERE p.pipeline_id = pipeline AND p.pull_request_id = number
  OFFSET 0
$$;

-- The pull requests that were approved as a commit.
CREATE FUNCTION devopstic.approved_as(pipeline text, sha text)
RETURNS SETOF devopstic.pull_requests
LANGUAGE sql STABLE
AS $$
  SELECT p.*
  FROM devopstic.pull_requests AS p
  WHERE p.pipeline_id = pipeline AND p.approved_commit BETWEEN sha AND sha
  ORDER BY p.approved_commit
  OFFSET 0
$$;

CREATE FUNCTION devopstic.deployment_of(pipeline text, environment_name text, deployment text)
RETURNS SETOF devopstic.placed_deployments
LANGUAGE sql STABLE
AS $$
  SELECT d.*
  FROM devopstic.placed_deployments AS d
  WHERE d.pipeline_id = pipeline AND d.environment = environment_name AND d.deployment_id = deployment
  OFFSET 0
$$;

-- The successful deployments before a place in the order of an environment, the latest one of them.
CREATE FUNCTION devopstic.success_before(pipeline text, environment_name text, finished timestamptz, deployment text)
RETURNS SETOF devopstic.placed_deployments
LANGUAGE sql STABLE
AS $$
  SELECT d.*
  FROM devopstic.placed_deployments AS d
  WHERE d.pipeline_id = pipeline AND d.environment = environment_name AND d.status = 'success'
    AND d.finished_at IS NOT NULL AND (d.finished_at, d.deployment_id) < (finished, deployment)
  ORDER BY d.finished_at DESC, d.deployment_id DESC
  LIMIT 1
$$;

CREATE FUNCTION devopstic.success_after(pipeline text, environment_name text, finished timestamptz, deployment text)
RETURNS SETOF devopstic.placed_deployments
LANGUAGE sql STABLE
AS $$
  SELECT d.*
  FROM devopstic.placed_deployments AS d
  WHERE d.pipeline_id = pipeline AND d.environment = environment_name AND d.status = 'success'
    AND d.finished_at IS NOT NULL AND (d.finished_at, d.deployment_id) > (finished, deployment)
  ORDER BY d.finished_at, d.deployment_id
  LIMIT 1
$$;

CREATE FUNCTION devopstic.carriers_of(pipeline text, sha text)
RETURNS SETOF devopstic.commit_carriers
LANGUAGE sql STABLE
AS $$
  SELECT k.*
  FROM devopstic.commit_carriers AS k
  WHERE k.pipeline_id = pipeline AND k.commit_id = sha
  OFFSET 0
$$;

CREATE FUNCTION devopstic.carrier_to(pipeline text, sha text, environment_name text)
RETURNS SETOF devopstic.commit_carriers
LANGUAGE sql STABLE
AS $$
  SELECT k.*
  FROM devopstic.commit_carriers AS k
  WHERE k.pipeline_id = pipeline AND k.commit_id = sha AND k.environment = environment_name
  OFFSET 0
$$;

-- What carried a commit to an environment not later than that place.
CREATE FUNCTION devopstic.earlier_carrier(
  pipeline text, sha text, environment_name text, finished timestamptz, deployment text)
RETURNS SETOF devopstic.commit_carriers
LANGUAGE sql STABLE
AS $$
  SELECT k.*
  FROM devopstic.carrier_to(pipeline, sha, environment_name) AS k
  WHERE (k.finished_at, k.deployment_id) <= (finished, deployment)
$$;

CREATE FUNCTION devopstic.changes_carried(pipeline text, sha text)
RETURNS SETOF devopstic.deployment_changes
LANGUAGE sql STABLE
AS $$
  SELECT x.*
  FROM devopstic.deployment_changes AS x
  WHERE x.pipeline_id = pipeline AND x.commit_id = sha
  OFFSET 0
$$;

CREATE FUNCTION devopstic.events_of_incident(pipeline text, incident text)
RETURNS SETOF devopstic.events
LANGUAGE sql STABLE
AS $$
  SELECT e.*
  FROM devopstic.events AS e
  WHERE e.pipeline_id = pipeline AND e.incident_id BETWEEN incident AND incident AND e.type = 'incident_status_change'
  ORDER BY e.incident_id
  OFFSET 0
$$;

CREATE FUNCTION devopstic.reviews_told(pipeline text, number bigint)
RETURNS SETOF devopstic.events
LANGUAGE sql STABLE
AS $$
  SELECT e.*
  FROM devopstic.events AS e
  WHERE e.pipeline_id = pipeline AND e.pull_request_id BETWEEN number AND number AND e.type = 'review'
  ORDER BY e.pull_request_id
  OFFSET 0
$$;

CREATE FUNCTION devopstic.incidents_blaming(pipeline text, sha text)
RETURNS SETOF devopstic.incident_key
LANGUAGE sql STABLE
AS $$
  SELECT i.pipeline_id, i.incident_id
  FROM devopstic.incidents AS i
  WHERE i.pipeline_id = pipeline AND i.blamed_commit_id BETWEEN sha AND sha
  ORDER BY i.blamed_commit_id
  OFFSET 0
$$;
