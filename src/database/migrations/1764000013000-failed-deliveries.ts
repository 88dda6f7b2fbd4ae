import type { QueryRunner } from 'typeorm';

/** The deliveries of a source that were of no use, apart from the many that were: the last of them is asked for, and may be none. */
export class FailedDeliveries1764000013000 {
  readonly name = 'FailedDeliveries1764000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX webhook_deliveries_failed_idx
        ON devopstic.webhook_deliveries (source, received_at, id) WHERE outcome IN ('failed', 'refused')`);
  }
}
