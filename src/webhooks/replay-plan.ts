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
  /** By pipeline: the ids of all that is told, and of it the events that are not known to be stored. */
  private readonly told = new Map<string, Set<string>>();
  private readonly added = new Map<string, Map<string, NewEvent>>();
  private readonly withdrawn = new Map<string, string[]>();

  add(delivery: Pick<KeptDelivery, 'id'>, told: Told | Decision): void {
    this.decisions.set(delivery.id, 'outcome' in told ? told : recordedAs(told.events, told.ignored));
    for (const event of 'events' in told ? told.events : []) {
      of(this.told, event.pipeline_id, () => new Set<string>()).add(event.id);
      of(this.added, event.pipeline_id, () => new Map<string, NewEvent>()).set(event.id, event);
    }
  }

  /** The deliveries that could be read, and stored as far as is known: what they told before, and tell no more, is to go. */
  get readable(): string[] {
    const all = [...this.decisions].filter(([, { outcome }]) => outcome === 'recorded' || outcome === 'ignored');
    return all.map(([id]) => id);
  }

  /** How many are held to be added. */
  get events(): number {
    let events = 0;
    for (const { size } of this.added.values()) events += size;
    return events;
  }

  tells({ pipeline_id, id }: EventKey): boolean {
    return this.told.get(pipeline_id)?.has(id) ?? false;
  }

  /** Of what is told, what is stored already need not be added; what is stored with other content cannot be. */
  known(keys: readonly StoredKey[]): void {
    for (const { content_hash, ...key } of keys) {
      const told = this.added.get(key.pipeline_id)?.get(key.id);
      this.added.get(key.pipeline_id)?.delete(key.id);
      if (told !== undefined && told.content_hash !== content_hash) this.fail(key, conflictOf(key.id));
    }
  }

  withdraw(keys: readonly EventKey[]): void {
    for (const { pipeline_id, id } of keys) of(this.withdrawn, pipeline_id, () => []).push(id);
  }

  /** One for each pipeline whose events change, or may. */
  revisions(): Revision[] {
    const pipelines = [...new Set([...this.added.keys(), ...this.withdrawn.keys()])].toSorted();
    const all = pipelines.map((pipeline_id) => ({
      pipeline_id,
      added: [...(this.added.get(pipeline_id)?.values() ?? [])],
      withdrawn: this.withdrawn.get(pipeline_id) ?? [],
    }));
    return all.filter(({ added, withdrawn }) => added.length > 0 || withdrawn.length > 0);
  }

  /** An event could not be stored: neither are the deliveries that tell it, but for what else they tell. */
  fail({ pipeline_id, id }: EventKey, error: string): void {
    this.added.get(pipeline_id)?.delete(id);
    for (const [delivery, decision] of this.decisions) {
      if (!decision.event_ids.includes(id) || !decision.pipelines.includes(pipeline_id)) continue;
      const event_ids = decision.event_ids.filter((one) => one !== id);
      this.decisions.set(delivery, { ...decision, outcome: 'failed', reason: 'not_stored', error, event_ids });
    }
  }
}

function of<V>(all: Map<string, V>, pipeline_id: string, make: () => V): V {
  const one = all.get(pipeline_id) ?? make();
  all.set(pipeline_id, one);
  return one;
}
