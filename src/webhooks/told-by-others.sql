-- Of some events of a pipeline, those that another delivery tells as well. $1: the deliveries that are not asked; $2: the
-- pipeline; $3: the events' ids. Many of both: whether arrays overlap (&&) compares each with each, while = ANY and <> ALL
-- look up in a hash.
SELECT DISTINCT i.id
FROM devopstic.webhook_deliveries AS d
CROSS JOIN LATERAL unnest(d.event_ids) AS i (id)
WHERE d.pipelines @> ARRAY[$2::text]
  AND d.id <> ALL ($1::uuid[])
  AND i.id = ANY ($3::text[])
