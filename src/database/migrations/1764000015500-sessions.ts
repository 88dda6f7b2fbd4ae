import type { QueryRunner } from 'typeorm';

/** Logins that go on, so that each can be ended for itself. */
export class Sessions1764000015500 {
  readonly name = 'Sessions1764000015500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.sessions (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        address text NOT NULL,
        agent text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        ended_at timestamptz,
        CONSTRAINT sessions_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX sessions_user_idx ON devopstic.sessions (user_id, created_at, id)`);
    await runner.query(`CREATE INDEX sessions_expires_idx ON devopstic.sessions (expires_at)`);
  }
}
