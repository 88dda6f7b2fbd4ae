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
  'waiting_for_production',
  'incidents',
] as const;
const COMPARED = [...DERIVED, 'pipelines'] as const;
const CHUNK = 1000;
/** Each keeps one core of PostgreSQL busy. */
const AT_A_TIME = 2;

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
  constructor(@InjectDataSource('work') private readonly dataSource: DataSource) {}

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

  /** In the order of their ids, some at a time, each in a transaction of its own, while the service runs. */
  async *all(onEvents: (count: number) => void = () => undefined): AsyncGenerator<Rebuilt> {
    const pipelines = await this.dataSource.query<{ pipeline_id: string }[]>(
      'SELECT pipeline_id FROM devopstic.pipelines ORDER BY pipeline_id',
    );
    const running: Promise<Rebuilt>[] = [];
    try {
      for (const { pipeline_id } of pipelines) {
        const one = this.one(pipeline_id, onEvents);
        // It may fail while an earlier one is awaited: that is told in its turn.
        one.catch(() => undefined);
        running.push(one);
        if (running.length === AT_A_TIME) yield (await running.shift()) as Rebuilt;
      }
      for (const one of running) yield await one;
    } finally {
      await Promise.allSettled(running);
    }
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
      const before = await hashes(manager, pipeline_id);
      await clear(manager, pipeline_id);
      const events = await deriveAll(manager, pipeline_id, onEvents);
      return { pipeline_id, events, differing: compare(before, await hashes(manager, pipeline_id)) };
    });
  }
}

type Hashes = Record<(typeof COMPARED)[number], string | null>;

/** Of each row, by table: hashes can be kept without making tables to set rows aside in. */
async function hashes(manager: EntityManager, pipeline_id: string): Promise<Hashes> {
  const columns = COMPARED.map(
    (table) => `
      (SELECT string_agg(h.hash::text, ' ' ORDER BY h.hash)
       FROM (
         SELECT hash_record_extended(t, 0) AS hash FROM devopstic.${table} AS t WHERE t.pipeline_id = $1
       ) AS h) AS ${table}`,
  );
  const [row] = await manager.query<[Hashes]>(`SELECT ${columns.join(', ')}`, [pipeline_id]);
  return row;
}

/** Takes away all that is derived of a pipeline; the caller holds its lock. */
export async function clear(manager: EntityManager, pipeline_id: string): Promise<void> {
  for (const table of DERIVED)
    await manager.query(`DELETE FROM devopstic.${table} WHERE pipeline_id = $1`, [pipeline_id]);
  await manager.query(
    'UPDATE devopstic.pipelines SET events = 0, first_event_at = NULL, last_event_at = NULL WHERE pipeline_id = $1',
    [pipeline_id],
  );
}

export async function deriveAll(
  manager: EntityManager,
  pipeline_id: string,
  onEvents: (count: number) => void = () => undefined,
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

/** How many rows are only there before or only there now. */
function compare(before: Hashes, now: Hashes): Record<string, number> {
  const differing: Record<string, number> = {};
  for (const table of COMPARED) {
    if (before[table] === now[table]) continue;
    const [old, derived] = [new Set(before[table]?.split(' ')), new Set(now[table]?.split(' '))];
    const either = new Set([...old, ...derived]);
    differing[table] = 2 * either.size - old.size - derived.size;
  }
  return differing;
}
