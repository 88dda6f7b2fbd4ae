import type { QueryRunner } from 'typeorm';

/**
 * The values that a column may have, where they are a closed set: what the service kept to so far, the database now holds.
 * NOT VALID, since rows that exist would be read under a lock that stands before all who write: `migrate` validates them
 * afterwards, when it holds no such lock.
 */
export class ClosedSets1764000018000 {
  readonly name = 'ClosedSets1764000018000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devopstic.events
        ADD CONSTRAINT events_type_check
          CHECK (type IN ('commit', 'submit', 'review', 'approve', 'deploy', 'incident_status_change')) NOT VALID,
        ADD CONSTRAINT events_status_check
          CHECK (status IN ('success', 'failure', 'in_progress', 'canceled')) NOT VALID`);
    await runner.query(`
      ALTER TABLE devopstic.deployments
        ADD CONSTRAINT deployments_status_check
          CHECK (status IN ('in_progress', 'success', 'failure', 'canceled')) NOT VALID,
        ADD CONSTRAINT deployments_failed_by_check
          CHECK (failed_by <@ ARRAY['status', 'incident', 'rollback']) NOT VALID`);
    await runner.query(`
      ALTER TABLE devopstic.deployment_changes
        ADD CONSTRAINT deployment_changes_left_out_check
          CHECK (left_out IN ('before_baseline', 'unknown_commit', 'negative_span')) NOT VALID`);
    await runner.query(`
      ALTER TABLE devopstic.incidents
        ADD CONSTRAINT incidents_state_check CHECK (state IN ('open', 'resolved')) NOT VALID,
        ADD CONSTRAINT incidents_cause_method_check
          CHECK (cause_method IN ('explicit', 'window', 'none')) NOT VALID`);
    await runner.query(`
      ALTER TABLE devopstic.daily_durations
        ADD CONSTRAINT daily_durations_measure_check
          CHECK (measure IN ('total', 'review', 'deployment', 'commit_to_deploy', 'recovery', 'restore')) NOT VALID`);
    await runner.query(`
      ALTER TABLE devopstic.webhook_deliveries
        ADD CONSTRAINT webhook_deliveries_outcome_check
          CHECK (outcome IN ('received', 'recorded', 'ignored', 'refused', 'failed')) NOT VALID`);
    await runner.query(`
      ALTER TABLE devopstic.audit_entries
        ADD CONSTRAINT audit_entries_actor_kind_check
          CHECK (actor_kind IN ('user', 'key', 'anyone', 'cli', 'service')) NOT VALID`);
  }
}
