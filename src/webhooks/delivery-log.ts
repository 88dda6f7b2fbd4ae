import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { checkRange, placeOf } from '../http/list.query.js';
import { momentOf } from '../http/moment.js';
import { badCursor, page } from '../http/paging.js';
import type { DeliveryListQuery } from './delivery-list.query.js';
import type { Outcome, WebhookDelivery } from './delivery.entity.js';
import type { WebhookSourceView } from './webhook-source.view.js';

/** A delivery as it comes in. */
export type NewDelivery = Pick<
  WebhookDelivery,
  'source' | 'delivery_id' | 'event_name' | 'headers' | 'body' | 'limited_key'
>;

/** A delivery without its body. */
export type KeptDelivery = Omit<WebhookDelivery, 'body' | 'limited_key' | 'tried_at'>;

/** A delivery that a stop left undecided, to be decided now; or `failed`, if it was given up. */
export interface LeftDelivery extends Pick<
  WebhookDelivery,
  'id' | 'source' | 'event_name' | 'headers' | 'body' | 'received_at' | 'outcome'
> {
  /** The only pipelines that its sender may tell of; null: all. */
  limited_to: string[] | null;
}

type LastOfSource = Pick<WebhookSourceView, 'source' | 'last_delivery' | 'last_failure'>;

export type DeliveryWithBody = KeptDelivery & Pick<WebhookDelivery, 'body'>;

/** What an attempt to translate a delivery came to. */
export interface Decision {
  outcome: Exclude<Outcome, 'received'>;
  reason: string | null;
  error: string | null;
  event_ids: string[];
  /** The pipelines of these events. */
  pipelines: string[];
  /** Whether one of them had been stored before. */
  repeats?: boolean;
}

const KEEP = sql('keep-delivery.sql');
const CLAIM = sql('claim-delivery.sql');
const GIVE_BACK = sql('give-back-attempts.sql');
const DECIDED = sql('decided-delivery.sql');
const SETTLE = sql('settle-delivery.sql');
const LIST = sql('list-deliveries.sql');
const LAST = sql('last-deliveries.sql');
const PRUNE = sql('prune-deliveries.sql');

/** One that ends the process each time is not to do so for ever. */
const MOST_ATTEMPTS = 3;

/** The webhook_deliveries table. */
@Injectable()
export class DeliveryLog {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Keeps a delivery that is to be decided; of one that was decided before, says what became of it. */
  async keep(delivery: NewDelivery): Promise<{ open: boolean; kept: KeptDelivery }> {
    const { source, delivery_id, event_name, headers, body, limited_key } = delivery;
    const parameters = [source, delivery_id, event_name, headers, body, limited_key, MOST_ATTEMPTS];
    const [kept] = await this.dataSource.query<KeptDelivery[]>(KEEP, parameters);
    if (kept !== undefined) return { open: true, kept };
    // In a statement of its own, which sees what another request has just kept and decided.
    return { open: false, kept: await this.known(delivery) };
  }

  /** What has become of a delivery that came before. */
  async known({ source, delivery_id, limited_key }: NewDelivery): Promise<KeptDelivery> {
    return only(await this.dataSource.query(DECIDED, [source, delivery_id, limited_key]));
  }

  /** Claims one of the deliveries that a stop left undecided, those apart that are being decided here; null: there is none. */
  async claimLeft(being_decided: readonly string[]): Promise<LeftDelivery | null> {
    const [rows] = await this.dataSource.query<[LeftDelivery[], number]>(CLAIM, [MOST_ATTEMPTS, being_decided]);
    return rows[0] ?? null;
  }

  /** For another minute these are nobody else's. */
  async renew(being_decided: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE devopstic.webhook_deliveries SET tried_at = now() WHERE id = ANY ($1::uuid[]) AND outcome = 'received'`,
      [being_decided],
    );
  }

  /** Of each of these deliveries one attempt does not count; one that was given up meanwhile is undecided again. */
  async giveBack(ids: readonly string[]): Promise<void> {
    await this.dataSource.query(GIVE_BACK, [ids]);
  }

  /** @param decision `received`: it is still undecided, and what it tells is known already */
  async settle(id: string, decision: Omit<Decision, 'outcome'> & { outcome: Outcome }): Promise<KeptDelivery> {
    const { outcome, reason, error, event_ids, pipelines } = decision;
    // An update answers its rows and their number.
    const [rows] = await this.dataSource.query<[KeptDelivery[], number]>(SETTLE, [
      id,
      outcome,
      reason,
      error,
      event_ids,
      pipelines,
    ]);
    return only(rows);
  }

  async find(id: string): Promise<DeliveryWithBody | null> {
    const rows = await this.dataSource.query<DeliveryWithBody[]>(
      `SELECT
         d.id, d.source, d.delivery_id, d.event_name, d.headers, d.body, d.received_at, d.outcome, d.reason, d.error,
         d.event_ids, d.pipelines, d.attempts
       FROM devopstic.webhook_deliveries AS d
       WHERE d.id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  async list({ source, outcome, from, to, limit, cursor }: DeliveryListQuery) {
    checkRange(from, to);
    const [received_at, id] = placeOf(cursor, 'webhook-deliveries', 2);
    if (id !== null && !isUUID(id)) throw badCursor();
    const filters = [source, outcome, momentOf(from), momentOf(to), received_at, id, limit + 1];
    const rows = await this.dataSource.query<KeptDelivery[]>(LIST, filters);
    return page('webhook-deliveries', rows, limit, (row) => [row.received_at.toISOString(), row.id]);
  }

  /** Of each source the last delivery and the last failure. */
  lastOf(sources: readonly string[]): Promise<LastOfSource[]> {
    return this.dataSource.query(LAST, [sources]);
  }

  /** Deletes at most so many deliveries that are older; answers how many. */
  async prune(older_than_seconds: number, at_most: number): Promise<number> {
    const [, deleted] = await this.dataSource.query<[unknown, number]>(PRUNE, [older_than_seconds, at_most]);
    return deleted;
  }
}

function sql(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('The delivery is gone: deleted by the retention in this moment');
  return row;
}
