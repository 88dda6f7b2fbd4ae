import { Injectable, Logger } from '@nestjs/common';
import { type Caller, mayWrite } from '../auth/caller.js';
import type { EventBody, NewEvent } from '../events/event.js';
import { readEvent } from '../events/event.reader.js';
import { EventRecorder } from '../events/event-recorder.js';
import { type Scope, UNSCOPED } from '../scope/scope.js';
import type { Decision } from './delivery-log.js';
import type { WebhookDelivery } from './delivery.entity.js';
import { MalformedPayload } from './payload.js';
import { parsePayload } from './request-body.js';
import type { Reading, WebhookSource } from './webhook-source.js';
import { withinLimits } from '../events/within-limits.js';

export type Translatable = Pick<WebhookDelivery, 'event_name' | 'headers' | 'body' | 'received_at'>;

/** Why a delivery is refused whose sender may not tell of what it tells. */
export const OTHER_PIPELINES = 'other_pipelines';

/** Turns a delivery into events and records them. What cannot be translated becomes an outcome, never an error. */
@Injectable()
export class DeliveryTranslator {
  private readonly logger = new Logger(DeliveryTranslator.name);

  constructor(private readonly recorder: EventRecorder) {}

  /**
   * Rejects only when the database is away: the delivery is then still undecided.
   *
   * @param caller who sends it, if by an API key: one that is limited to some pipelines may tell of these only
   */
  async translate(source: WebhookSource, delivery: Translatable, caller?: Caller): Promise<Decision> {
    const read = this.read(source, delivery);
    if ('outcome' in read) return read;
    if (!('events' in read) || read.events.length === 0)
      return { ...NOTHING, outcome: 'ignored', reason: read.ignored ?? 'nothing_told' };
    const events: NewEvent[] = [];
    for (const body of read.events) {
      const result = this.complete(body, source.name, delivery.received_at);
      if ('errors' in result)
        return { ...NOTHING, outcome: 'failed', reason: 'not_an_event', error: sentence(result.errors) };
      events.push(result.event);
    }
    const hidden = events.find(({ pipeline_id }) => caller !== undefined && !mayWrite(caller, pipeline_id));
    if (hidden !== undefined) return forbidden(hidden);
    return this.record(events, read.ignored ?? null);
  }

  /** An event as it would be recorded; or why it is none. */
  complete(body: EventBody, source: string, received_at: Date): ReturnType<typeof readEvent> {
    return readEvent(withinLimits(scoped(body, source, UNSCOPED)), received_at);
  }

  private read(source: WebhookSource, { event_name, headers, body }: Translatable): Reading | Decision {
    try {
      return source.read({ event_name, headers, payload: parsePayload(body, headers['content-type']) }, UNSCOPED);
    } catch (cause) {
      if (cause instanceof MalformedPayload) {
        return { ...NOTHING, outcome: 'refused', reason: 'malformed', error: sentence([cause]) };
      }
      this.logger.error({ msg: 'a webhook delivery could not be read', source: source.name, event_name, err: cause });
      return { ...NOTHING, outcome: 'failed', reason: 'unreadable', error: String(cause) };
    }
  }

  /** Recording is all or nothing for each event, not for a delivery: what could be stored is named even if not all could. */
  private async record(events: NewEvent[], ignored: string | null): Promise<Decision> {
    const recorded = await this.recorder.record(events);
    const event_ids = recorded.flatMap((one) =>
      one.outcome === 'created' || one.outcome === 'duplicate' ? [one.event.id] : [],
    );
    const lost = recorded.find((one) => one.outcome === 'failed' || one.outcome === 'conflict');
    if (lost === undefined) return { outcome: 'recorded', reason: ignored, error: null, event_ids };
    const error = lost.outcome === 'failed' ? String(lost.cause) : `another event has the id ${lost.event.id}`;
    return { outcome: 'failed', reason: 'not_stored', error, event_ids };
  }
}

/** By the names that the rules give. */
function scoped(event: EventBody, source: string, scope: Scope): EventBody {
  const { pipeline_id, environment } = event;
  return {
    ...event,
    pipeline_id: scope.pipelineOf(source, pipeline_id),
    ...(environment ? { environment: scope.environmentOf(environment) } : {}),
  };
}

function forbidden({ pipeline_id }: NewEvent): Decision {
  const error = `/pipeline_id the key may not send events for ${pipeline_id}`;
  return { ...NOTHING, outcome: 'refused', reason: OTHER_PIPELINES, error };
}

const NOTHING = { reason: null, error: null, event_ids: [] };

function sentence(errors: readonly { pointer: string; detail: string }[]): string {
  return errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join('; ');
}
