import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What all replicas must agree on and no event tells: generated secrets, and the settings that SQL reads. */
export class Settings1763999999000 implements MigrationInterface {
  readonly name = 'Settings1763999999000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.settings (
        name text NOT NULL,
        value jsonb NOT NULL,
        CONSTRAINT settings_pkey PRIMARY KEY (name)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE devopstic.settings');
  }
}
