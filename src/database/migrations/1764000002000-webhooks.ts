import type { QueryRunner } from 'typeorm';

/** Webhook requests as they were received, and what became of each. */
export class Webhooks1764000002000 {
  readonly name = 'Webhooks1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.webhook_deliveries (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        source text NOT NULL,
        delivery_id text NOT NULL,
        event_name text NOT NULL,
        headers jsonb NOT NULL,
        body bytea NOT NULL,
        received_at timestamptz(3) NOT NULL DEFAULT now(),
        outcome text NOT NULL DEFAULT 'received',
        reason text,
        error text,
        event_ids text[] NOT NULL DEFAULT '{}',
        attempts integer NOT NULL DEFAULT 0,
        CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id),
        CONSTRAINT webhook_deliveries_delivery_key UNIQUE (source, delivery_id)
      )`);
    await runner.query(
      `CREATE INDEX webhook_deliveries_received_idx ON devopstic.webhook_deliveries (received_at, id)`,
    );
    await runner.query(`
      CREATE INDEX webhook_deliveries_outcome_idx
        ON devopstic.webhook_deliveries (outcome, received_at, id)`);
  }
}
