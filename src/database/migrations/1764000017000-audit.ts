import type { QueryRunner } from 'typeorm';

/** Who did what (ADR 0020). */
export class Audit1764000017000 {
  readonly name = 'Audit1764000017000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.audit_entries (
        id bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz(3) NOT NULL DEFAULT now(),
        request_id text,
        actor_kind text NOT NULL,
        actor_id text,
        actor_name text,
        address text,
        action text NOT NULL,
        object_kind text NOT NULL,
        object_id text,
        object_name text,
        details jsonb NOT NULL DEFAULT '{}',
        count integer NOT NULL DEFAULT 1,
        last_at timestamptz(3),
        counted_key text,
        CONSTRAINT audit_entries_pkey PRIMARY KEY (id),
        CONSTRAINT audit_entries_counted_key UNIQUE (counted_key)
      )`);
    await runner.query('CREATE INDEX audit_entries_at_idx ON devopstic.audit_entries (at, id)');
  }
}
