import type { QueryRunner } from 'typeorm';

/** The scope rules, every version of them: the latest is in force (ADR 0013). */
export class Scope1764000008500 {
  readonly name = 'Scope1764000008500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.scope_versions (
        version integer NOT NULL,
        rules jsonb NOT NULL,
        note text,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT scope_versions_pkey PRIMARY KEY (version)
      )`);
  }
}
