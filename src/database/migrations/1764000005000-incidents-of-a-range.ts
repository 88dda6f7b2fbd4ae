import type { QueryRunner } from 'typeorm';

/** Finds the incidents that were not over at a time, which a list of a later range begins with. */
export class IncidentsOfARange1764000005000 {
  readonly name = 'IncidentsOfARange1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX incidents_over_idx
        ON devopstic.incidents (pipeline_id, (COALESCE(resolved_at, 'infinity')))
        WHERE opened_at IS NOT NULL`);
  }
}
