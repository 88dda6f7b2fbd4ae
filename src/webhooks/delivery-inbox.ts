import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type Caller, mayWrite } from '../auth/caller.js';
import { insufficient, unauthorized } from '../auth/refusals.js';
import { Problem } from '../http/problem.js';
import { DeliveryCounter } from './delivery-counter.js';
import { DeliveryDecider } from './delivery-decider.js';
import { DeliveryLog, type KeptDelivery, type NewDelivery } from './delivery-log.js';
import { digestOf } from './identity.js';
import { parseAhead } from './request-body.js';
import { type Headers, headerOf, type Signature, type WebhookSource } from './webhook-source.js';

/** Whoever sends what others of the same moment are deciding waits so long for them, and asks so often. */
const PATIENCE_MS = 5000;
const EVERY_MS = 100;

/** Takes webhook requests in: who is not known is refused, then the request is kept as it came, then it is translated. */
@Injectable()
export class DeliveryInbox {
  constructor(
    private readonly log: DeliveryLog,
    private readonly decider: DeliveryDecider,
    private readonly counter: DeliveryCounter,
  ) {}

  /**
   * Refuses what can be seen from its headers to be nobody's: to be called before the body is read.
   * @throws Problem 401, 403, 404
   */
  expect(source: WebhookSource, headers: Headers, caller?: Caller): void {
    this.admit(source, null, headers, caller);
  }

  /**
   * What became of the delivery; if it came before, what became of it then. One that was left undecided (we were stopped
   * in the midst of it), failed, or was more than its sender's key may tell is tried again, unless it has been left three
   * times: then others are deciding it, or it may be what stops us. Nothing of a request with a wrong signature is kept:
   * strangers must not be able to fill the disk.
   *
   * @param caller who sends it, where the source cannot sign
   */
  async receive(source: WebhookSource, body: Buffer, headers: Headers, caller?: Caller): Promise<KeptDelivery> {
    this.admit(source, body, headers, caller);
    await parseAhead(body, headerOf(headers, 'content-type'));
    const told = { ...identityOf(source, body, headers), body, limited_key: limitedKey(caller) };
    const { open, kept } = await this.log.keep(told);
    const may = caller && ((pipeline_id: string) => mayWrite(caller, pipeline_id));
    const delivery = open
      ? await this.decider.decide(source, { ...kept, body }, may)
      : await this.decidedByOthers(told, kept);
    this.counter.count(source.name, delivery.outcome);
    return delivery;
  }

  /** @throws Problem 503 if it stays undecided: no answer is final then */
  private async decidedByOthers(told: NewDelivery, known: KeptDelivery): Promise<KeptDelivery> {
    const until = Date.now() + PATIENCE_MS;
    for (let kept = known; ; kept = await this.log.known(told)) {
      if (kept.outcome !== 'received') return kept;
      if (Date.now() > until) {
        throw new Problem(503, 'This delivery is kept, and not decided yet', [], { 'Retry-After': '60' });
      }
      await sleep(EVERY_MS);
    }
  }

  /** @param body null: it is not there yet */
  private admit({ name, signature }: WebhookSource, body: Buffer | null, headers: Headers, caller?: Caller): void {
    if (signature?.enabled === false) throw new Problem(404, `No secret is configured for ${name}: its webhook is off`);
    if (signature === null ? caller?.may.has('write') : mayBeAuthentic(signature, body, headers)) return;
    this.counter.count(name, 'refused');
    if (signature !== null)
      throw new Problem(401, 'The signature is missing, or not that of this body with a secret we know');
    throw caller
      ? insufficient(caller, 'write')
      : unauthorized('Send an API key that is known, and may send events', 'sender');
  }
}

function mayBeAuthentic(signature: Signature, body: Buffer | null, headers: Headers): boolean {
  return body === null ? signature.mayBeAuthentic(headers) : signature.isAuthentic(body, headers);
}

/** Those who are not limited may tell anything, and so need not be told apart. */
function limitedKey(caller?: Caller): string {
  return caller === undefined || caller.pipelines === null ? '' : caller.id;
}

function identityOf(source: WebhookSource, body: Buffer, headers: Headers) {
  const { delivery_id = digestOf(body), event_name } = source.identify(headers, body);
  const kept = source.kept_headers.map((name) => [name, headerOf(headers, name)] as const);
  return {
    source: source.name,
    delivery_id,
    event_name,
    headers: Object.fromEntries(kept.filter((header): header is [string, string] => header[1] !== undefined)),
  };
}
