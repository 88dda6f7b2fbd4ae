import { Injectable, Logger } from '@nestjs/common';
import type { NewEvent, Recorded } from '../events/event.js';
import { readEvent } from '../events/event.reader.js';
import { EventRecorder } from '../events/event-recorder.js';
import type { Telling } from '../events/telling.js';
import { Scope } from '../scope/scope.js';
import { Scopes } from '../scope/scopes.js';
import type { Decision } from './delivery-log.js';
import type { WebhookDelivery } from './delivery.entity.js';
import { MalformedPayload } from './payload.js';
import { parsePayload } from './request-body.js';
import type { Reading, WebhookSource } from './webhook-source.js';
import { withinLimits } from '../events/within-limits.js';

export type Translatable = Pick<WebhookDelivery, 'event_name' | 'headers' | 'body' | 'received_at'>;

/** What a delivery tells: events, one at least, and why it tells no more, if a part of it is of no use. */
export interface Told {
  events: NewEvent[];
  ignored: string | null;
}

/** Whether a sender may tell of a pipeline. */
export type MayTell = (pipeline_id: string) => boolean;

/** Recorded at once. */
const CHUNK = 1000;
/** Of one delivery: a push of GitHub's tells 2,048 commits at most, here of each pipeline of its repository. */
const MOST_EVENTS = 250_000;

/** Why a delivery is refused whose sender may not tell of what it tells. */
export const OTHER_PIPELINES = 'other_pipelines';

/** Turns a delivery into events and records them. What cannot be translated becomes an outcome, never an error. */
@Injectable()
export class DeliveryTranslator {
  private readonly logger = new Logger(DeliveryTranslator.name);

  constructor(
    private readonly recorder: EventRecorder,
    private readonly scopes: Scopes,
  ) {}

  /**
   * Rejects when something could not be stored for now: the delivery is then still undecided.
   *
   * @param may of which pipelines its sender may tell; absent: of all
   */
  async translate(source: WebhookSource, delivery: Translatable, may: MayTell = () => true): Promise<Decision> {
    const understood = this.understand(source, delivery, await this.scope());
    const told = permitted(understood, may);
    return 'outcome' in told ? told : this.record(told);
  }

  /** The rules in force: one version for all of a delivery, whatever is changed meanwhile. */
  async scope(): Promise<Scope> {
    return new Scope((await this.scopes.inForce()).rules);
  }

  /** What the delivery tells by these rules, or why it tells nothing. */
  understand(source: WebhookSource, delivery: Translatable, scope: Scope): Told | Decision {
    const read = this.read(source, delivery, scope);
    if ('outcome' in read) return read;
    const ignored = read.ignored ?? null;
    if (!('events' in read) || read.events.length === 0)
      return { ...NOTHING, outcome: 'ignored', reason: ignored ?? 'nothing_told' };
    const events: NewEvent[] = [];
    for (const one of read.events) {
      for (const result of this.complete(scope, one, source.name, delivery.received_at)) {
        if ('errors' in result) return failed('not_an_event', sentence(result.errors));
        events.push(result.event);
      }
      if (events.length > MOST_EVENTS) return failed('too_many_events', `it tells more than ${MOST_EVENTS} events`);
    }
    return { events, ignored };
  }

  /** The events as which it would be recorded, one of each pipeline that it is about; or why it is none. */
  complete(scope: Scope, telling: Telling, source: string, received_at: Date): ReturnType<typeof readEvent>[] {
    return scope.applied(source, telling).map((event) => readEvent(withinLimits(event), received_at));
  }

  private read(source: WebhookSource, { event_name, headers, body }: Translatable, scope: Scope): Reading | Decision {
    try {
      return source.read({ event_name, headers, payload: parsePayload(body, headers['content-type']) }, scope);
    } catch (cause) {
      if (cause instanceof MalformedPayload) {
        return { ...NOTHING, outcome: 'refused', reason: 'malformed', error: sentence([cause]) };
      }
      this.logger.error({ msg: 'a webhook delivery could not be read', source: source.name, event_name, err: cause });
      return { ...NOTHING, outcome: 'failed', reason: 'unreadable', error: String(cause) };
    }
  }

  /** Recording is all or nothing for each event, not for a delivery: what could be stored is named even if not all could. */
  private async record({ events, ignored }: Told): Promise<Decision> {
    const recorded = await this.recordEach(events);
    const stored = recorded.flatMap((one) =>
      one.outcome === 'created' || one.outcome === 'duplicate' ? [one.event] : [],
    );
    const repeats = recorded.some(({ outcome }) => outcome === 'duplicate');
    const lost = recorded.find((one) => one.outcome === 'failed' || one.outcome === 'conflict');
    if (lost === undefined) return { ...recordedAs(stored, ignored), repeats };
    const error = lost.outcome === 'failed' ? String(lost.cause) : conflictOf(lost.event.id);
    return { ...recordedAs(stored, 'not_stored'), outcome: 'failed', error, repeats };
  }

  /** A push to a repository of many pipelines is many events: it must not take up all the room that there is for waiting. */
  private async recordEach(events: readonly NewEvent[]): Promise<Recorded[]> {
    const recorded = await this.recorder.record(events.slice(0, CHUNK));
    for (let i = CHUNK; i < events.length; i += CHUNK) {
      recorded.push(...(await this.recorder.recordMore(events.slice(i, i + CHUNK))));
    }
    return recorded;
  }
}

export function conflictOf(event_id: string): string {
  return `another event has the id ${event_id}`;
}

/** The outcome of a delivery all of whose events are stored. */
export function recordedAs(events: readonly NewEvent[], reason: string | null): Decision {
  // The provider's own is the same in all pipelines.
  const event_ids = [...new Set(events.map(({ id }) => id))];
  const pipelines = [...new Set(events.map(({ pipeline_id }) => pipeline_id))];
  return { outcome: 'recorded', reason, error: null, event_ids, pipelines };
}

/** What was told, unless its sender may not tell of one of the pipelines. */
export function permitted(told: Told | Decision, may: MayTell): Told | Decision {
  const hidden = 'outcome' in told ? undefined : told.events.find(({ pipeline_id }) => !may(pipeline_id));
  return hidden === undefined ? told : forbidden(hidden);
}

/** What becomes of a delivery of a source that there is not any more. */
export function nobodyReads(source: string): Decision {
  return failed('source_unknown', `Nothing here reads deliveries of ${source} any more`);
}

function forbidden({ pipeline_id }: NewEvent): Decision {
  const error = `/pipeline_id the key may not send events for ${pipeline_id}`;
  return { ...NOTHING, outcome: 'refused', reason: OTHER_PIPELINES, error };
}

function failed(reason: string, error: string): Decision {
  return { ...NOTHING, outcome: 'failed', reason, error };
}

const NOTHING = { reason: null, error: null, event_ids: [], pipelines: [] };

function sentence(errors: readonly { pointer: string; detail: string }[]): string {
  return errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join('; ');
}
