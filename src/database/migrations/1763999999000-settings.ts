import type { QueryRunner } from 'typeorm';

/** What all replicas must agree on and no event tells: generated secrets, and the settings that SQL reads. */
export class Settings1763999999000 {
  readonly name = 'Settings1763999999000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.settings (
        name text NOT NULL,
        value jsonb NOT NULL,
        CONSTRAINT settings_pkey PRIMARY KEY (name)
      )`);
  }
}
