-- $1 user, $2 the user's generation, $3 address, $4 user agent, $5 when every token has ended, $6 when this one has.
-- Whoever was disabled since the password was proven gets none. Each login takes away some that are over.
WITH over AS (
  SELECT id
  FROM devopstic.sessions
  WHERE expires_at < now()
  ORDER BY expires_at
  LIMIT 100
  FOR UPDATE SKIP LOCKED
),
pruned AS (
  DELETE FROM devopstic.sessions
  WHERE id IN (SELECT id FROM over)
)
INSERT INTO devopstic.sessions (user_id, address, agent, ends_at, expires_at)
SELECT id, $3, $4, $5, LEAST($5::timestamptz, $6)
FROM devopstic.users
WHERE id = $1 AND token_version = $2 AND NOT disabled
RETURNING id, expires_at
