import { Injectable, Logger } from '@nestjs/common';
import type { NewEvent } from '../events/event.js';
import { readEvent } from '../events/event.reader.js';
import { EventRecorder } from '../events/event-recorder.js';
import type { Decision } from './delivery-log.js';
import type { WebhookDelivery } from './delivery.entity.js';
import { MalformedPayload } from './payload.js';
import { parsePayload } from './request-body.js';
import type { Reading, WebhookSource } from './webhook-source.js';
import { withinLimits } from '../events/within-limits.js';

export type Translatable = Pick<WebhookDelivery, 'event_name' | 'headers' | 'body' | 'received_at'>;

/** Turns a delivery into events and records them. What cannot be translated becomes an outcome, never an error. */
@Injectable()
export class DeliveryTranslator {
  private readonly logger = new Logger(DeliveryTranslator.name);

  constructor(private readonly recorder: EventRecorder) {}

  /** Rejects only when the database is away: the delivery is then still undecided. */
  async translate(source: WebhookSource, delivery: Translatable): Promise<Decision> {
    const read = this.read(source, delivery);
    if ('outcome' in read) return read;
    if ('ignored' in read) return { ...NOTHING, outcome: 'ignored', reason: read.ignored };
    const events: NewEvent[] = [];
    for (const body of read.events) {
      const result = readEvent(withinLimits(body), delivery.received_at);
      if ('errors' in result)
        return { ...NOTHING, outcome: 'failed', reason: 'not_an_event', error: sentence(result.errors) };
      events.push(result.event);
    }
    return this.record(events);
  }

  private read(source: WebhookSource, { event_name, headers, body }: Translatable): Reading | Decision {
    try {
      return source.read({ event_name, payload: parsePayload(body, headers['content-type']) });
    } catch (cause) {
      if (cause instanceof MalformedPayload) {
        return { ...NOTHING, outcome: 'refused', reason: 'malformed', error: sentence([cause]) };
      }
      this.logger.error({ msg: 'a webhook delivery could not be read', source: source.name, event_name, err: cause });
      return { ...NOTHING, outcome: 'failed', reason: 'unreadable', error: String(cause) };
    }
  }

  /** Recording is all or nothing for each event, not for a delivery: what could be stored is named even if not all could. */
  private async record(events: NewEvent[]): Promise<Decision> {
    const recorded = await this.recorder.record(events);
    const event_ids = recorded.flatMap((one) =>
      one.outcome === 'created' || one.outcome === 'duplicate' ? [one.event.id] : [],
    );
    const lost = recorded.find((one) => one.outcome === 'failed' || one.outcome === 'conflict');
    if (lost === undefined) return { outcome: 'recorded', reason: null, error: null, event_ids };
    const error = lost.outcome === 'failed' ? String(lost.cause) : `another event has the id ${lost.event.id}`;
    return { outcome: 'failed', reason: 'not_stored', error, event_ids };
  }
}

const NOTHING = { reason: null, error: null, event_ids: [] };

function sentence(errors: readonly { pointer: string; detail: string }[]): string {
  return errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join('; ');
}
