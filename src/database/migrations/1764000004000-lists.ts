import type { QueryRunner } from 'typeorm';

/** What the lists read in order and no metric does. All are small: on few rows, or on the few that match. */
export class Lists1764000004000 {
  readonly name = 'Lists1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX commits_untimed_idx ON devopstic.commits (pipeline_id, commit_id)
        WHERE committed_at IS NULL`);
    // Only those in progress are read by their start: an index on all of them would be paid for by each deployment.
    await runner.query(`DROP INDEX devopstic.deployments_started_idx`);
    await runner.query(`
      CREATE INDEX deployments_unfinished_idx
        ON devopstic.deployments (pipeline_id, environment, started_at, deployment_id)
        WHERE finished_at IS NULL`);
    await runner.query(`
      CREATE INDEX incidents_listed_idx ON devopstic.incidents (pipeline_id, opened_at, incident_id)
        WHERE opened_at IS NOT NULL`);
  }
}
