-- Whoever may use the schema `reporting` may read all that is in it: grants on single views went with the old ones.
DO $$
DECLARE
  reader record;
BEGIN
  FOR reader IN
    SELECT DISTINCT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS name
    FROM pg_namespace AS n
    CROSS JOIN LATERAL aclexplode(n.nspacl) AS a
    WHERE n.nspname = 'reporting' AND a.privilege_type = 'USAGE' AND a.grantee <> n.nspowner
  LOOP
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO %s', reader.name);
    EXECUTE format('GRANT EXECUTE ON ALL ROUTINES IN SCHEMA reporting TO %s', reader.name);
  END LOOP;
END
$$;
