import type { QueryRunner } from 'typeorm';

/** Whose a key is. Those that there are belong to nobody: a name in `created_by` may be a key's, or another user's by now. */
export class KeyOwners1764000015000 {
  readonly name = 'KeyOwners1764000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE devopstic.api_keys ADD COLUMN owner_id uuid`);
  }
}
