-- Notes, with every change of the facts and in its transaction, the hours that it is about: what was counted of their
-- days no longer holds. Triggers, since whatever writes facts must do it; one for each statement, not for each row. Of
-- an update both what a row is and what it was.
CREATE FUNCTION devopstic.note_finished()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO devopstic.changed_hours (hour)
  SELECT DISTINCT devopstic.hour_of(c.finished_at)
  FROM changed AS c
  WHERE c.finished_at IS NOT NULL;
  RETURN NULL;
END
$$;

CREATE FUNCTION devopstic.note_incident()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO devopstic.changed_hours (hour)
  SELECT DISTINCT devopstic.hour_of(t.at)
  FROM changed AS c
  CROSS JOIN LATERAL unnest(ARRAY[c.opened_at, c.resolved_at]) AS t (at)
  WHERE t.at IS NOT NULL;
  RETURN NULL;
END
$$;

CREATE TRIGGER note_inserted AFTER INSERT ON devopstic.deployments
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();
CREATE TRIGGER note_updated AFTER UPDATE ON devopstic.deployments
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();
CREATE TRIGGER note_replaced AFTER UPDATE ON devopstic.deployments
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();
CREATE TRIGGER note_deleted AFTER DELETE ON devopstic.deployments
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();

CREATE TRIGGER note_inserted AFTER INSERT ON devopstic.deployment_changes
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();
CREATE TRIGGER note_updated AFTER UPDATE ON devopstic.deployment_changes
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();
CREATE TRIGGER note_replaced AFTER UPDATE ON devopstic.deployment_changes
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();
CREATE TRIGGER note_deleted AFTER DELETE ON devopstic.deployment_changes
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_finished();

CREATE TRIGGER note_inserted AFTER INSERT ON devopstic.incidents
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_incident();
CREATE TRIGGER note_updated AFTER UPDATE ON devopstic.incidents
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_incident();
CREATE TRIGGER note_replaced AFTER UPDATE ON devopstic.incidents
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_incident();
CREATE TRIGGER note_deleted AFTER DELETE ON devopstic.incidents
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_incident();

-- When changes landed is noted by derive_changes, which looks at each of them anyway; here, that one is gone.
CREATE FUNCTION devopstic.note_landed()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO devopstic.changed_hours (hour)
  SELECT DISTINCT devopstic.hour_of(c.landed_at)
  FROM changed AS c
  WHERE c.landed_at IS NOT NULL;
  RETURN NULL;
END
$$;

CREATE TRIGGER note_deleted AFTER DELETE ON devopstic.commits
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION devopstic.note_landed();
