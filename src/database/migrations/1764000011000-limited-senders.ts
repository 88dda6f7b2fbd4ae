import type { QueryRunner } from 'typeorm';

/**
 * Which key sent a delivery, if one that is limited to pipelines: what it may not tell, no replay tells for it, and an id
 * that it makes up is no other sender's.
 */
export class LimitedSenders1764000011000 {
  readonly name = 'LimitedSenders1764000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE devopstic.webhook_deliveries ADD COLUMN limited_key text NOT NULL DEFAULT ''`);
    await runner.query(`
      ALTER TABLE devopstic.webhook_deliveries
        DROP CONSTRAINT webhook_deliveries_delivery_key,
        ADD CONSTRAINT webhook_deliveries_delivery_key UNIQUE (source, delivery_id, limited_key)`);
  }
}
