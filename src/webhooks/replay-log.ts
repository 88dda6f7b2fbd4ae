import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Action, keepAct } from '../audit/act.js';
import type { Actor } from '../audit/actor.js';
import { checkRange } from '../http/list.query.js';
import { momentOf } from '../http/moment.js';
import { Problem } from '../http/problem.js';
import type { Sized } from './body-groups.js';
import type { Decision } from './delivery-log.js';
import type { WebhookDelivery } from './delivery.entity.js';
import type { ReplayBody } from './replay.body.js';
import type { EventKey, StoredKey } from './replay-plan.js';

/** Which deliveries: by filters, or one by its id. */
export type Selection = Pick<ReplayBody, 'source' | 'outcome' | 'from' | 'to'> | { id: string };

export interface ReplayedDelivery extends Pick<
  WebhookDelivery,
  'id' | 'source' | 'event_name' | 'headers' | 'body' | 'received_at'
> {
  /** The only pipelines that its sender may tell of; null: all. */
  limited_to: string[] | null;
}

const SELECTED = sql('replayed-deliveries.sql');
const BODIES = sql('delivery-bodies.sql');
const FORMER = sql('former-events.sql');
const BY_OTHERS = sql('told-by-others.sql');
const SETTLE = sql('settle-replay.sql');
/** Of several replicas, or several admins, one replays at a time. */
const LOCK = 4_613_726_512;
/** Each with the ids of all its events. */
const SETTLED_AT_ONCE = 500;

/** What a replay reads and writes of the delivery log. */
@Injectable()
export class ReplayLog {
  constructor(@InjectDataSource('replay') private readonly dataSource: DataSource) {}

  /** Oldest first. */
  selected(selection: Selection, at_most: number): Promise<Sized[]> {
    const { source, outcome, from, to, id } = { ...filtersOf(selection) };
    return this.dataSource.query(SELECTED, [source, outcome, from, to, id, at_most]);
  }

  /** Those of them that are kept still. */
  withBodies(ids: readonly string[]): Promise<ReplayedDelivery[]> {
    return this.dataSource.query(BODIES, [ids]);
  }

  former(deliveries: readonly string[]): Promise<EventKey[]> {
    return this.dataSource.query(FORMER, [deliveries]);
  }

  /** Of these events of a pipeline, those that a delivery other than the given ones tells as well. */
  async toldByOthers(
    manager: EntityManager,
    deliveries: readonly string[],
    pipeline_id: string,
    ids: readonly string[],
  ): Promise<Set<string>> {
    const rows = await manager.query<{ id: string }[]>(BY_OTHERS, [deliveries, pipeline_id, ids]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Those of the keys that are stored. */
  stored(keys: readonly EventKey[]): Promise<StoredKey[]> {
    return this.dataSource.query(
      `SELECT e.pipeline_id, e.id, e.content_hash
       FROM unnest($1::text[], $2::text[]) AS k (pipeline_id, id)
       JOIN devopstic.events AS e ON e.pipeline_id = k.pipeline_id COLLATE "C" AND e.id = k.id COLLATE "C"`,
      [keys.map((key) => key.pipeline_id), keys.map((key) => key.id)],
    );
  }

  async settle(decisions: ReadonlyMap<string, Decision>): Promise<void> {
    const all = [...decisions].map(([id, one]) => ({ id, ...one }));
    for (let i = 0; i < all.length; i += SETTLED_AT_ONCE) {
      await this.dataSource.query(SETTLE, [JSON.stringify(all.slice(i, i + SETTLED_AT_ONCE))]);
    }
  }

  /** Keeps who replays what, and what it came to. */
  audit(action: Action, selection: Selection, by: Actor, details: object): Promise<void> {
    const { id, ...filters } = { id: undefined, ...selection };
    const object = { kind: 'delivery', ...(id === undefined ? {} : { id }) };
    return keepAct(this.dataSource, by, { action, object, details: { ...filters, ...details } });
  }

  /** @throws Problem 409 while another replay runs */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [lock] = (await runner.query(`SELECT pg_try_advisory_lock(${LOCK}) AS locked`)) as { locked: boolean }[];
      if (!lock?.locked) throw new Problem(409, 'Another replay is under way: try again once it has ended');
      try {
        return await work();
      } finally {
        await runner.query(`SELECT pg_advisory_unlock(${LOCK})`);
      }
    } finally {
      await runner.release();
    }
  }
}

function filtersOf(selection: Selection) {
  if ('id' in selection) return { id: selection.id };
  const { source, outcome, from, to } = selection;
  checkRange(from, to);
  return { source, outcome, from: momentOf(from), to: momentOf(to), id: null };
}

function sql(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
