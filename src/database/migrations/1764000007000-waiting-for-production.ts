import type { QueryRunner } from 'typeorm';

/**
 * What waits for production has a table of its own, of few narrow rows: a column of `commits`, with an index, made each
 * change pay for one more version of its row and one more entry in each index of that table.
 */
export class WaitingForProduction1764000007000 {
  readonly name = 'WaitingForProduction1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.waiting_for_production (
        pipeline_id text COLLATE "C" NOT NULL,
        commit_id text COLLATE "C" NOT NULL,
        CONSTRAINT waiting_for_production_pkey PRIMARY KEY (pipeline_id, commit_id)
      )`);
    await runner.query(`
      INSERT INTO devopstic.waiting_for_production (pipeline_id, commit_id)
      SELECT c.pipeline_id, c.commit_id
      FROM devopstic.commits AS c
      WHERE c.landed_at IS NOT NULL AND c.alias_of IS NULL AND c.in_production_at IS NULL`);
    await runner.query('ALTER TABLE devopstic.commits DROP COLUMN in_production_at');
  }
}
