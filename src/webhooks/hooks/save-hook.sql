-- Declares a hook, or declares it anew. $3: its secrets, or null for those that it has.
INSERT INTO devopstic.hooks AS h (name, declaration, secrets, created_by, updated_by)
VALUES ($1, $2, coalesce($3::text[], (SELECT k.secrets FROM devopstic.hooks AS k WHERE k.name = $1), '{}'), $4, $4)
ON CONFLICT ON CONSTRAINT hooks_pkey DO UPDATE
SET declaration = excluded.declaration,
    secrets = excluded.secrets,
    updated_at = now(),
    updated_by = excluded.updated_by
RETURNING h.name, h.declaration, h.created_at, h.created_by, h.updated_at, h.updated_by, h.xmax = 0 AS created
