-- Drops the triggers, views and functions of both schemas, which are made again from their files. No table, type or setting goes.
DO $$
DECLARE
  hook record;
  views text;
  routines text;
BEGIN
  FOR hook IN
    SELECT t.tgname, t.tgrelid::regclass AS on_table
    FROM pg_trigger AS t
    JOIN pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'devopstic' AND NOT t.tgisinternal
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', hook.tgname, hook.on_table);
  END LOOP;

  SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ')
  INTO views
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('devopstic', 'reporting') AND c.relkind = 'v';

  -- With what hangs on them: functions over a view's rows, and whatever an operator has built on our views.
  IF views IS NOT NULL THEN
    EXECUTE 'DROP VIEW ' || views || ' CASCADE';
  END IF;

  SELECT string_agg(p.oid::regprocedure::text, ', ')
  INTO routines
  FROM pg_proc AS p
  JOIN pg_namespace AS n ON n.oid = p.pronamespace
  WHERE n.nspname IN ('devopstic', 'reporting');

  -- Without: a table that needs a function would lose a column or an index.
  IF routines IS NOT NULL THEN
    EXECUTE 'DROP ROUTINE ' || routines;
  END IF;
END
$$;
