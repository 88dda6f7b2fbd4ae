import type { QueryRunner } from 'typeorm';

/** Reviews of pull requests, commits that take others back, changes that are rework, and commits of other pipelines. */
export class Reviews1764000012000 {
  readonly name = 'Reviews1764000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devopstic.events
        ADD COLUMN review_id text COLLATE "C",
        ADD COLUMN reverts text[] COLLATE "C",
        ADD COLUMN outside boolean`);
    await runner.query(`
      CREATE INDEX events_review_idx ON devopstic.events (pipeline_id, pull_request_id) WHERE type = 'review'`);
    await runner.query(`
      ALTER TABLE devopstic.commits
        ADD COLUMN reverts text[] COLLATE "C" NOT NULL DEFAULT '{}',
        ADD COLUMN told_rework boolean NOT NULL DEFAULT false,
        ADD COLUMN told_inside boolean NOT NULL DEFAULT false,
        ADD COLUMN told_outside boolean NOT NULL DEFAULT false,
        ADD COLUMN inherited_rework boolean NOT NULL DEFAULT false,
        ADD COLUMN inherited_inside boolean NOT NULL DEFAULT false,
        ADD COLUMN inherited_outside boolean NOT NULL DEFAULT false,
        ADD COLUMN rework boolean NOT NULL DEFAULT false,
        ADD COLUMN outside boolean NOT NULL DEFAULT false,
        ADD COLUMN first_review_at timestamptz,
        ADD COLUMN first_approval_at timestamptz,
        ADD COLUMN review_approved_at timestamptz,
        ADD COLUMN drafts tstzmultirange`);
    // Nobody could tell of a commit of another pipeline until now.
    await runner.query(`
      UPDATE devopstic.commits AS c
      SET told_inside = c.first_commit_at IS NOT NULL,
          inherited_inside = EXISTS (
            SELECT
            FROM devopstic.commits AS a
            WHERE a.pipeline_id = c.pipeline_id AND a.alias_of = c.commit_id AND a.first_commit_at IS NOT NULL)`);
    await runner.query(`
      CREATE INDEX commits_outside_idx ON devopstic.commits (pipeline_id) WHERE outside AND alias_of IS NULL`);
    await runner.query('ALTER TABLE devopstic.deployment_changes ADD COLUMN rework boolean NOT NULL DEFAULT false');
    await runner.query(`
      CREATE INDEX deployment_changes_rework_idx
        ON devopstic.deployment_changes (pipeline_id, environment, deployment_id) WHERE rework`);
    await runner.query(`
      ALTER TYPE devopstic.told_commit
        ADD ATTRIBUTE reverts text[] COLLATE "C",
        ADD ATTRIBUTE rework boolean,
        ADD ATTRIBUTE inside boolean,
        ADD ATTRIBUTE outside boolean`);
  }
}
