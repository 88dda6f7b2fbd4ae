import type { QueryRunner } from 'typeorm';

/** Sources of webhooks that admins declare (ADR 0014). */
export class Hooks1764000009000 {
  readonly name = 'Hooks1764000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.hooks (
        name text NOT NULL,
        declaration json NOT NULL,
        secrets text[] NOT NULL DEFAULT '{}',
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_by text NOT NULL,
        CONSTRAINT hooks_pkey PRIMARY KEY (name),
        CONSTRAINT hooks_secrets_check CHECK (((declaration -> 'signature') IS NULL) = (cardinality(secrets) = 0))
      )`);
  }
}
