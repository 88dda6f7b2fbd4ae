-- Counts a failed login: one entry for account, address and quarter of an hour. $1: the request's id. $2: the address. $3 and
-- $4: the account's id and name, or nulls for a name that nobody has. $5 to $7: who is logged in already, if anybody. $8: how
-- many entries a quarter may have: beyond it those of all further addresses are one for each account.
WITH quarter AS (
  SELECT extract(epoch FROM date_bin('15 minutes', now(), timestamptz '2000-01-01 00:00:00+00')) AS began
), known AS (
  SELECT count(*) AS entries
  FROM devopstic.audit_entries AS a, quarter AS q
  WHERE a.at >= to_timestamp(q.began) AND a.action = 'login.failed'
), told AS (
  SELECT q.began, CASE WHEN k.entries < $8 THEN $2::text END AS address
  FROM quarter AS q, known AS k
)
INSERT INTO devopstic.audit_entries AS a
  (request_id, actor_kind, actor_id, actor_name, address, action, object_kind, object_id, object_name, counted_key)
SELECT
  $1, $5::text, $6::text, $7::text, t.address, 'login.failed', 'user', $3::text, $4::text,
  concat_ws('|', 'login.failed', t.began, coalesce(t.address, 'others'), coalesce($3::text, 'unknown'), $6::text)
FROM told AS t
ON CONFLICT ON CONSTRAINT audit_entries_counted_key DO UPDATE
SET count = a.count + 1,
    last_at = now()
