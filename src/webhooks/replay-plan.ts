import type { NewEvent } from '../events/event.js';
import type { Revision } from '../events/revisions.js';
import type { Decision, KeptDelivery } from './delivery-log.js';
import { conflictOf, recordedAs, type Told } from './delivery-translator.js';

export interface EventKey {
  pipeline_id: string;
  id: string;
}

/** The key of an event that is stored, and with which content it is. */
export interface StoredKey extends EventKey {
  content_hash: string;
}

/** What reading deliveries once more comes to, before anything is changed. Pure. */
export class ReplayPlan {
  /** By the delivery's id. */
  readonly decisions = new Map<string, Decision>();
  /** The deliveries that could be read: what they told before, and tell no more, is to be withdrawn. */
  readonly readable: string[] = [];
  private readonly told = new Map<string, Map<string, NewEvent>>();
  private readonly withdrawn = new Map<string, string[]>();

  add(delivery: Pick<KeptDelivery, 'id'>, told: Told | Decision): void {
    const decision = 'outcome' in told ? told : recordedAs(told.events, told.ignored);
    this.decisions.set(delivery.id, decision);
    if (decision.outcome === 'recorded' || decision.outcome === 'ignored') this.readable.push(delivery.id);
    for (const event of 'events' in told ? told.events : []) this.ofPipeline(event.pipeline_id).set(event.id, event);
  }

  tells({ pipeline_id, id }: EventKey): boolean {
    return this.told.get(pipeline_id)?.has(id) ?? false;
  }

  /** Keys of all that is told, some at a time. */
  *keys(size: number): Generator<EventKey[]> {
    const all = [...this.told].flatMap(([pipeline_id, events]) =>
      [...events.keys()].map((id) => ({ pipeline_id, id })),
    );
    for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
  }

  /** Of what is told, what is stored already need not be added; what is stored with other content cannot be. */
  known(keys: readonly StoredKey[]): void {
    for (const { pipeline_id, id, content_hash } of keys) {
      const told = this.told.get(pipeline_id)?.get(id);
      this.told.get(pipeline_id)?.delete(id);
      if (told !== undefined && told.content_hash !== content_hash) this.fail(id, conflictOf(id));
    }
  }

  withdraw(keys: readonly EventKey[]): void {
    for (const { pipeline_id, id } of keys) {
      const ids = this.withdrawn.get(pipeline_id) ?? [];
      ids.push(id);
      this.withdrawn.set(pipeline_id, ids);
    }
  }

  /** One for each pipeline whose events change. */
  revisions(): Revision[] {
    const pipelines = [...new Set([...this.told.keys(), ...this.withdrawn.keys()])].toSorted();
    const all = pipelines.map((pipeline_id) => ({
      pipeline_id,
      added: [...(this.told.get(pipeline_id)?.values() ?? [])],
      withdrawn: this.withdrawn.get(pipeline_id) ?? [],
    }));
    return all.filter(({ added, withdrawn }) => added.length > 0 || withdrawn.length > 0);
  }

  /** An event could not be stored: neither are the deliveries that tell it, but for what else they tell. */
  fail(event_id: string, error: string): void {
    for (const [id, decision] of this.decisions) {
      if (!decision.event_ids.includes(event_id)) continue;
      const event_ids = decision.event_ids.filter((one) => one !== event_id);
      this.decisions.set(id, { ...decision, outcome: 'failed', reason: 'not_stored', error, event_ids });
    }
  }

  private ofPipeline(pipeline_id: string): Map<string, NewEvent> {
    const events = this.told.get(pipeline_id) ?? new Map<string, NewEvent>();
    this.told.set(pipeline_id, events);
    return events;
  }
}
