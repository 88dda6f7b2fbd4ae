-- Pipelines at size: rows of template pipelines under other names and at other times. No fact depends on the name of
-- its pipeline, and all times of a pipeline moved alike move its facts alike: so the rows of a clone are those that its
-- events, were they stored, would give.
CREATE TABLE bench.clones (
  number integer PRIMARY KEY,
  pipeline_id text COLLATE "C" NOT NULL,
  template text COLLATE "C" NOT NULL,
  shift interval NOT NULL
);

CREATE TABLE bench.dropped (
  number integer GENERATED ALWAYS AS IDENTITY,
  statement text NOT NULL
);

-- Sets the rows of the templates aside, and prepares a table for many more: nothing of it needs to outlive a crash.
CREATE FUNCTION bench.prepare(fact text)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  EXECUTE format('CREATE UNLOGGED TABLE bench.template_%1$I AS TABLE devopstic.%1$I', fact);
  EXECUTE format('ALTER TABLE devopstic.%I SET UNLOGGED, SET (autovacuum_enabled = false)', fact);
END
$$;

-- Copies the rows of a table for the clones number `first` to `last`: the pipeline is replaced, every
-- column that holds a time is moved, all others stay. `by`: the order of the new rows, so that those of many pipelines
-- lie mixed, as they would.
CREATE FUNCTION bench.clone_rows(fact text, by text, first integer, last integer)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  names text;
  cloned text;
BEGIN
  SELECT
    string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
    string_agg(
      CASE
        WHEN a.attname = 'pipeline_id' THEN 'c.pipeline_id'
        WHEN a.atttypid = 'timestamptz'::regtype THEN format('t.%I + c.shift', a.attname)
        ELSE format('t.%I', a.attname)
      END,
      ', ' ORDER BY a.attnum)
  INTO names, cloned
  FROM pg_attribute AS a
  WHERE a.attrelid = format('devopstic.%I', fact)::regclass AND a.attnum > 0 AND NOT a.attisdropped;

  EXECUTE format(
    'INSERT INTO devopstic.%1$I (%2$s)
     SELECT %3$s
     FROM bench.clones AS c
     JOIN bench.template_%1$I AS t ON t.pipeline_id = c.template
     WHERE c.number >= $1 AND c.number <= $2
     ORDER BY %4$s',
    fact, names, cloned, by)
  USING first, last;
END
$$;

-- Drops every index of a table, and notes how to make it again.
CREATE FUNCTION bench.drop_indexes(fact text)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  of_fact CONSTANT regclass := format('devopstic.%I', fact);
  dropping text;
BEGIN
  FOR dropping IN
    WITH indexes AS (
      SELECT i.indexrelid, c.oid AS constrained, c.conname
      FROM pg_index AS i
      LEFT JOIN pg_constraint AS c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
      WHERE i.indrelid = of_fact
    ), noted AS (
      INSERT INTO bench.dropped (statement)
      SELECT CASE
        WHEN i.constrained IS NULL THEN pg_get_indexdef(i.indexrelid)
        ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', of_fact, i.conname, pg_get_constraintdef(i.constrained))
      END
      FROM indexes AS i
    )
    SELECT CASE
      WHEN i.constrained IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass)
      ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', of_fact, i.conname)
    END
    FROM indexes AS i
  LOOP
    EXECUTE dropping;
  END LOOP;
END
$$;
