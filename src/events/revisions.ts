import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { NewEvent } from './event.js';
import { type Fact, type FactChange, FACTS } from './fact-change.js';
import { clear, deriveAll } from './rebuild.js';

/** Another set of events of one pipeline: some more, and without those that nobody tells any more. */
export interface Revision {
  pipeline_id: string;
  added: readonly NewEvent[];
  /** The ids of those that are taken back unless they are told still. */
  withdrawn: readonly string[];
}

/** Of events of a pipeline, those that are told still. */
export type ToldStill = (manager: EntityManager, pipeline_id: string, ids: readonly string[]) => Promise<Set<string>>;

interface Preview {
  /** How many events would be taken back. */
  withdrawn: number;
  /** How many rows would be others, by fact. */
  rows: Record<Fact, number>;
  /** The first of them, no more than were asked for. */
  changes: FactChange[];
}

const CHUNK = 500;
const KEYS: Record<Fact, string> = {
  commits: 'commit_id',
  deployments: 'environment, deployment_id',
  deployment_changes: 'commit_id, environment',
  incidents: 'incident_id',
};

/** Revises what the events of a pipeline are; by the one law (doc/domain.md) all that is derived follows from them. */
@Injectable()
export class Revisions {
  constructor(@InjectDataSource('replay') private readonly dataSource: DataSource) {}

  /**
   * Takes events back, and answers how many. New events of the pipeline wait meanwhile, those of others do not. What is told
   * still is asked under the lock: whoever tells one of them later waits, and records it anew.
   */
  async withdraw(revision: Omit<Revision, 'added'>, toldStill: ToldStill): Promise<number> {
    return this.dataSource.transaction((manager) => revise(manager, { ...revision, added: [] }, toldStill));
  }

  /** What would change: it is done, compared and taken back. */
  async preview(revision: Revision, toldStill: ToldStill, most: number): Promise<Preview> {
    const runner = this.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      await lock(runner.manager, revision.pipeline_id);
      await copyFacts(runner.manager, revision.pipeline_id);
      const withdrawn = await revise(runner.manager, revision, toldStill);
      return { withdrawn, ...(await compare(runner.manager, revision.pipeline_id, most)) };
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
}

async function revise(
  manager: EntityManager,
  { pipeline_id, added, withdrawn }: Revision,
  toldStill: ToldStill,
): Promise<number> {
  await lock(manager, pipeline_id);
  for (let i = 0; i < added.length; i += CHUNK) {
    await manager.query('SELECT count(*) FROM devopstic.record($1, $2)', [
      [pipeline_id],
      JSON.stringify(added.slice(i, i + CHUNK)),
    ]);
  }
  if (withdrawn.length === 0) return 0;
  const told = await toldStill(manager, pipeline_id, withdrawn);
  // A deletion answers its rows, which are none, and their number.
  const [, deleted] = await manager.query<[unknown, number]>(
    'DELETE FROM devopstic.events WHERE pipeline_id = $1 AND id = ANY ($2)',
    [pipeline_id, withdrawn.filter((id) => !told.has(id))],
  );
  if (deleted === 0) return 0;
  await clear(manager, pipeline_id);
  await deriveAll(manager, pipeline_id);
  return deleted;
}

/** The lock that record() takes. */
async function lock(manager: EntityManager, pipeline_id: string): Promise<void> {
  await manager.query(
    'INSERT INTO devopstic.pipelines (pipeline_id) VALUES ($1) ON CONFLICT (pipeline_id) DO NOTHING',
    [pipeline_id],
  );
  await manager.query('SELECT 1 FROM devopstic.pipelines WHERE pipeline_id = $1 FOR NO KEY UPDATE', [pipeline_id]);
}

/** Into tables that nobody else ever sees; not temporary ones, which the user may lack the right to make. */
async function copyFacts(manager: EntityManager, pipeline_id: string): Promise<void> {
  for (const fact of FACTS) {
    await manager.query(`CREATE UNLOGGED TABLE devopstic.former_${fact} (LIKE devopstic.${fact})`);
    await manager.query(`INSERT INTO devopstic.former_${fact} SELECT * FROM devopstic.${fact} WHERE pipeline_id = $1`, [
      pipeline_id,
    ]);
  }
}

async function compare(
  manager: EntityManager,
  pipeline_id: string,
  most: number,
): Promise<Pick<Preview, 'rows' | 'changes'>> {
  const rows = { commits: 0, deployments: 0, deployment_changes: 0, incidents: 0 };
  const changes: FactChange[] = [];
  for (const fact of FACTS) {
    const room = most - changes.length;
    const found = await manager.query<(Pick<FactChange, 'before' | 'after'> & { rows: number })[]>(
      `SELECT to_jsonb(f) - 'pipeline_id' AS before, to_jsonb(n) - 'pipeline_id' AS after, count(*) OVER ()::int AS rows
       FROM devopstic.former_${fact} AS f
       FULL JOIN (SELECT * FROM devopstic.${fact} WHERE pipeline_id = $1) AS n USING (${KEYS[fact]})
       WHERE to_jsonb(f) IS DISTINCT FROM to_jsonb(n)
       ORDER BY ${KEYS[fact]}
       LIMIT $2`,
      // One at least, for it has the number of all.
      [pipeline_id, Math.max(room, 1)],
    );
    rows[fact] = found[0]?.rows ?? 0;
    changes.push(...found.slice(0, room).map(({ before, after }) => ({ pipeline_id, fact, before, after })));
  }
  return { rows, changes };
}
