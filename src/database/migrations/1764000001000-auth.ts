import type { QueryRunner } from 'typeorm';

/** Who may call: users and API keys. */
export class Auth1764000001000 {
  readonly name = 'Auth1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.users (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        username text NOT NULL,
        role text NOT NULL,
        disabled boolean NOT NULL DEFAULT false,
        password_hash text NOT NULL,
        environment_hash text,
        token_version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_username_key UNIQUE (username),
        CONSTRAINT users_role_check CHECK (role IN ('admin', 'editor', 'viewer'))
      )`);
    await runner.query(`
      CREATE TABLE devopstic.api_keys (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        name text NOT NULL,
        prefix text NOT NULL,
        hash bytea NOT NULL,
        scopes text[] NOT NULL,
        pipelines text[],
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT api_keys_pkey PRIMARY KEY (id),
        CONSTRAINT api_keys_prefix_key UNIQUE (prefix),
        CONSTRAINT api_keys_scopes_check
          CHECK (scopes <@ ARRAY['events:write', 'metrics:read', 'admin'] AND cardinality(scopes) > 0)
      )`);
    await runner.query(`CREATE INDEX api_keys_created_idx ON devopstic.api_keys (created_at, id)`);
  }
}
