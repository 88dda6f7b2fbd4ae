import { Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { DeliveryCounter } from './delivery-counter.js';
import { DeliveryLog, type KeptDelivery } from './delivery-log.js';
import { DeliveryTranslator } from './delivery-translator.js';
import { type Headers, headerOf, type WebhookSource } from './webhook-source.js';

const LONGEST_NAME = 200;

/** Takes webhook requests in: who is not known is refused, then the request is kept as it came, then it is translated. */
@Injectable()
export class DeliveryInbox {
  constructor(
    private readonly log: DeliveryLog,
    private readonly translator: DeliveryTranslator,
    private readonly counter: DeliveryCounter,
  ) {}

  /**
   * What became of the delivery; if it came before, what became of it then. One that was left undecided (we were stopped
   * in the midst of it) or failed is tried again. Nothing of a request with a wrong signature is kept: strangers must not
   * be able to fill the disk.
   */
  async receive(source: WebhookSource, body: Buffer, headers: Headers): Promise<KeptDelivery> {
    if (!source.enabled) throw new Problem(404, `No secret is configured for ${source.name}: its webhook is off`);
    if (!source.isAuthentic(body, headers)) {
      this.counter.count(source.name, 'refused');
      throw new Problem(401, 'The signature is missing, or not that of this body with a secret we know');
    }
    const kept = await this.log.keep({ ...identityOf(source, headers), body });
    const open = kept.outcome === 'received' || kept.outcome === 'failed';
    const delivery = open ? await this.decide(source, { ...kept, body }) : kept;
    this.counter.count(source.name, delivery.outcome);
    return delivery;
  }

  /** Reads a kept delivery once more and records what it tells. */
  async decide(source: WebhookSource, delivery: KeptDelivery & { body: Buffer }): Promise<KeptDelivery> {
    return this.log.settle(delivery.id, await this.translator.translate(source, delivery));
  }
}

function identityOf(source: WebhookSource, headers: Headers) {
  const kept = source.kept_headers.map((name) => [name, headerOf(headers, name)] as const);
  return {
    source: source.name,
    delivery_id: requiredHeader(headers, source.id_header),
    event_name: requiredHeader(headers, source.event_header),
    headers: Object.fromEntries(kept.filter((header): header is [string, string] => header[1] !== undefined)),
  };
}

function requiredHeader(headers: Headers, name: string): string {
  const value = headerOf(headers, name) ?? '';
  if (value === '' || value.length > LONGEST_NAME) {
    throw new Problem(400, `The header ${name} is required, with at most ${LONGEST_NAME} characters`);
  }
  return value;
}
