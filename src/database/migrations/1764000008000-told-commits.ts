import type { QueryRunner } from 'typeorm';

/** What a batch tells of a commit, before it is stored: see merge-commits.sql. */
export class ToldCommits1764000008000 {
  readonly name = 'ToldCommits1764000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE devopstic.told_commit AS (
        pipeline_id text COLLATE "C", commit_id text COLLATE "C",
        first_commit_at timestamptz, first_submit_at timestamptz, approved_at timestamptz, first_landed_at timestamptz,
        parents text[] COLLATE "C", pull_request_ids bigint[], landed_heads text[] COLLATE "C",
        authors text[] COLLATE "C", url text COLLATE "C", bot boolean
      )`);
  }
}
