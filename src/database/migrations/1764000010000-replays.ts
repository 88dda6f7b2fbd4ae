import type { QueryRunner } from 'typeorm';

/** Which pipelines a delivery told of: what finds its events again. */
export class Replays1764000010000 {
  readonly name = 'Replays1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE devopstic.webhook_deliveries ADD COLUMN pipelines text[] NOT NULL DEFAULT '{}'`);
    await runner.query(`
      UPDATE devopstic.webhook_deliveries AS d
      SET pipelines = told.pipelines
      FROM (
        SELECT t.delivery, array_agg(DISTINCT e.pipeline_id) AS pipelines
        FROM (
          SELECT k.id AS delivery, i.id
          FROM devopstic.webhook_deliveries AS k
          CROSS JOIN LATERAL unnest(k.event_ids) AS i (id)
        ) AS t
        JOIN devopstic.events AS e ON e.id = t.id COLLATE "C"
        GROUP BY t.delivery
      ) AS told
      WHERE d.id = told.delivery`);
    await runner.query(`
      CREATE INDEX webhook_deliveries_source_idx
        ON devopstic.webhook_deliveries (source, received_at, id)`);
  }
}
