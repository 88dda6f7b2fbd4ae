import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';

/** The tables whose rows are derived from events, whole; of `pipelines` the counts are. */
const DERIVED = [
  'commits',
  'pull_requests',
  'pushes',
  'environments',
  'deployments',
  'commit_carriers',
  'deployment_changes',
  'incidents',
] as const;
const COMPARED = [...DERIVED, 'pipelines'];
const CHUNK = 1000;

export interface Rebuilt {
  pipeline_id: string;
  /** Stored events that its rows were derived from. */
  events: number;
  /** Rows that were not as the events say (gone, changed or new), by table; empty if nothing differed. */
  differing: Record<string, number>;
}

/** Recomputes every derived row from the stored events: by the one law (doc/domain.md) it changes nothing. */
@Injectable()
export class Rebuild {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The changed settings because of which a rebuild is due, each as often as it changed; null: none is. */
  async due(): Promise<string[] | null> {
    const [row] = await this.dataSource.query<{ value: string[] }[]>(
      `SELECT value FROM devopstic.settings WHERE name = 'rebuild_due'`,
    );
    return row?.value ?? null;
  }

  /** Notes that what was due is done; what became due meanwhile stays so. */
  async settle(due: string[] | null): Promise<void> {
    await this.dataSource.query(`DELETE FROM devopstic.settings WHERE name = 'rebuild_due' AND value = $1`, [
      JSON.stringify(due),
    ]);
  }

  /** Stored events in all: what a progress display counts to. */
  async countEvents(): Promise<number> {
    const [row] = await this.dataSource.query<{ events: string }[]>(
      'SELECT COALESCE(sum(events), 0) AS events FROM devopstic.pipelines',
    );
    return Number(row?.events);
  }

  /** One pipeline after another, each in a transaction of its own, while the service runs. */
  async *all(onEvents: (count: number) => void = () => undefined): AsyncGenerator<Rebuilt> {
    const pipelines = await this.dataSource.query<{ pipeline_id: string }[]>(
      'SELECT pipeline_id FROM devopstic.pipelines ORDER BY pipeline_id',
    );
    for (const { pipeline_id } of pipelines) yield await this.one(pipeline_id, onEvents);
  }

  async one(pipeline_id: string, onEvents: (count: number) => void = () => undefined): Promise<Rebuilt> {
    return this.dataSource.transaction(async (manager) => {
      // The lock that record() takes: new events of this pipeline wait, those of others do not.
      const locked = await manager.query<unknown[]>(
        'SELECT 1 FROM devopstic.pipelines WHERE pipeline_id = $1 FOR NO KEY UPDATE',
        [pipeline_id],
      );
      // No row, no lock: its first events may be on their way, and are derived as they come.
      if (locked.length === 0) return { pipeline_id, events: 0, differing: {} };
      await setAside(manager, pipeline_id);
      const events = await deriveAll(manager, pipeline_id, onEvents);
      const differing = await compare(manager, pipeline_id);
      for (const table of COMPARED) await manager.query(`DROP TABLE devopstic.before_${table}`);
      return { pipeline_id, events, differing };
    });
  }
}

/** Into tables that nobody else ever sees; not temporary ones, which the user may lack the right to make. */
async function setAside(manager: EntityManager, pipeline_id: string): Promise<void> {
  for (const table of COMPARED) {
    await manager.query(`CREATE UNLOGGED TABLE devopstic.before_${table} (LIKE devopstic.${table})`);
    await manager.query(
      `INSERT INTO devopstic.before_${table} SELECT * FROM devopstic.${table} WHERE pipeline_id = $1`,
      [pipeline_id],
    );
  }
  for (const table of DERIVED)
    await manager.query(`DELETE FROM devopstic.${table} WHERE pipeline_id = $1`, [pipeline_id]);
  await manager.query(
    'UPDATE devopstic.pipelines SET events = 0, first_event_at = NULL, last_event_at = NULL WHERE pipeline_id = $1',
    [pipeline_id],
  );
}

async function deriveAll(
  manager: EntityManager,
  pipeline_id: string,
  onEvents: (count: number) => void,
): Promise<number> {
  let total = 0;
  let [at, id] = ['-infinity', ''];
  for (;;) {
    const [step] = await manager.query<{ events: number; last_at: string; last_id: string }[]>(
      'SELECT events, last_at::text, last_id FROM devopstic.project_stored($1, $2, $3, $4)',
      [pipeline_id, at, id, CHUNK],
    );
    if (!step || step.events === 0) return total;
    [at, id] = [step.last_at, step.last_id];
    total += step.events;
    onEvents(step.events);
  }
}

async function compare(manager: EntityManager, pipeline_id: string): Promise<Record<string, number>> {
  const differing: Record<string, number> = {};
  for (const table of COMPARED) {
    const now = `SELECT * FROM devopstic.${table} WHERE pipeline_id = $1`;
    const before = `SELECT * FROM devopstic.before_${table}`;
    const [row] = await manager.query<{ rows: number }[]>(
      `SELECT count(*)::int AS rows FROM ((${before} EXCEPT ${now}) UNION ALL (${now} EXCEPT ${before})) AS differing`,
      [pipeline_id],
    );
    if (row && row.rows > 0) differing[table] = row.rows;
  }
  return differing;
}
