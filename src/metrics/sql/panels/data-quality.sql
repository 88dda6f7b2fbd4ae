-- What a reader may know of an event: that it came, and when. Not who sent it, nor what it says.
CREATE VIEW reporting.events AS
SELECT e.pipeline_id, e.type, e.occurred_at, e.time_inferred, e.received_at
FROM devopstic.events AS e;

-- What a reader may know of a webhook delivery: what became of it. No header, no body, no message.
CREATE VIEW reporting.webhook_deliveries AS
SELECT d.source, d.received_at, d.outcome, d.reason
FROM devopstic.webhook_deliveries AS d;

-- How much of what was told can be measured: of the changes landed, the incidents opened and the events of the range.
CREATE FUNCTION reporting.coverage(
  pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (subject text, candidates integer, covered integer, share double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT 'changes_deployed', count(*)::integer, (count(*) FILTER (WHERE c.deployed))::integer,
    avg(c.deployed::integer::double precision)
  FROM (
    SELECT EXISTS (
      SELECT
      FROM reporting.deployment_changes AS x
      WHERE x.pipeline_id = c.pipeline_id AND x.commit_id = c.commit_id
        AND x.environment = ANY ((SELECT reporting.selected_environments(pipelines, environments))::text[])
        AND x.finished_at < range_end) AS deployed
    FROM reporting.commits AS c
    WHERE (pipelines IS NULL OR c.pipeline_id = ANY (pipelines))
      AND c.alias_of IS NULL
      AND c.landed_at >= range_start AND c.landed_at < range_end
  ) AS c
  UNION ALL
  SELECT 'incidents_linked', COALESCE(sum(i.incidents), 0)::integer,
    COALESCE(sum(i.incidents) FILTER (WHERE i.cause_method <> 'none'), 0)::integer,
    sum(CASE WHEN i.cause_method <> 'none' THEN i.incidents ELSE 0 END)::double precision / sum(i.incidents)
  FROM reporting.incident_causes(pipelines, environments, range_start, range_end) AS i
  UNION ALL
  SELECT 'events_timed', count(*)::integer, (count(*) FILTER (WHERE NOT e.time_inferred))::integer,
    avg((NOT e.time_inferred)::integer::double precision)
  FROM reporting.events AS e
  WHERE (pipelines IS NULL OR e.pipeline_id = ANY (pipelines))
    AND e.occurred_at >= range_start AND e.occurred_at < range_end
$$;

-- How many rows a metric leaves out, by reason: what its explanation says row by row.
CREATE FUNCTION reporting.left_out(
  metric text, pipelines text[], environments text[], range_start timestamptz, range_end timestamptz)
RETURNS TABLE (reason text, rows integer)
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT e.reason, count(*)::integer
     FROM reporting.%I(pipelines => $1, environments => $2, range_start => $3, range_end => $4) AS e
     WHERE NOT e.used
     GROUP BY e.reason', metric || '_explained')
  USING pipelines, environments, range_start, range_end;
END
$$;

-- What became of the webhook deliveries that were received in range.
CREATE FUNCTION reporting.delivery_outcomes(
  range_start timestamptz, range_end timestamptz, time_zone text DEFAULT 'UTC', bucket text DEFAULT NULL)
RETURNS TABLE (
  bucket_start timestamptz, recorded integer, ignored integer, refused integer, failed integer, undecided integer)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT
    b.bucket_start,
    (count(*) FILTER (WHERE d.outcome = 'recorded'))::integer,
    (count(*) FILTER (WHERE d.outcome = 'ignored'))::integer,
    (count(*) FILTER (WHERE d.outcome = 'refused'))::integer,
    (count(*) FILTER (WHERE d.outcome = 'failed'))::integer,
    (count(*) FILTER (WHERE d.outcome = 'received'))::integer
  FROM reporting.buckets(range_start, range_end, time_zone, bucket) AS b
  LEFT JOIN reporting.webhook_deliveries AS d
    ON d.received_at >= b.bucket_start AND d.received_at < b.bucket_end
  GROUP BY b.bucket_start
$$;

CREATE FUNCTION reporting.delivery_reasons(range_start timestamptz, range_end timestamptz)
RETURNS TABLE (source text, outcome text, reason text, deliveries integer, last_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT d.source, d.outcome, d.reason, count(*)::integer, max(d.received_at)
  FROM reporting.webhook_deliveries AS d
  WHERE d.received_at >= range_start AND d.received_at < range_end
    AND d.outcome <> 'recorded'
  GROUP BY d.source, d.outcome, d.reason
$$;
