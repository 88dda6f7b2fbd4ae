import type { QueryRunner } from 'typeorm';

/** When a delivery was last tried, so that those that a stop left undecided are tried once more. */
export class LeftDeliveries1764000014000 {
  readonly name = 'LeftDeliveries1764000014000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE devopstic.webhook_deliveries ADD COLUMN tried_at timestamptz(3)');
  }
}
