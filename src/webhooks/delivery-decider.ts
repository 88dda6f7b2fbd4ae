import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { faultOf } from '../database/database-fault.js';
import { Problem } from '../http/problem.js';
import { DeliveryLog, type KeptDelivery } from './delivery-log.js';
import { DeliveryTranslator, type MayTell, type Translatable } from './delivery-translator.js';
import type { WebhookSource } from './webhook-source.js';

/** Others leave a claim alone for a minute: two of three renewals may fail. */
const RENEW_MS = 20_000;

/** Decides what becomes of kept deliveries. Each attempt is counted before it is made, for it may end the process. */
@Injectable()
export class DeliveryDecider implements OnApplicationShutdown {
  private readonly logger = new Logger(DeliveryDecider.name);
  private readonly under_way = new Set<string>();
  /** Runs while there are any. */
  private renewing: NodeJS.Timeout | undefined;
  /** Attempts that the database did not let come to an end, and that it could not be told of either. */
  private readonly cut_short: string[] = [];

  constructor(
    private readonly log: DeliveryLog,
    private readonly translator: DeliveryTranslator,
  ) {}

  /** The ids of those that are being decided here. */
  get beingDecided(): string[] {
    return [...this.under_way];
  }

  /**
   * Rejects when something could not be stored for now: the delivery is then still undecided, and the attempt does not count.
   *
   * @param may of which pipelines its sender may tell; absent: of all
   */
  async decide(source: WebhookSource, delivery: Translatable & { id: string }, may?: MayTell): Promise<KeptDelivery> {
    this.begin(delivery.id);
    try {
      return await this.attempt(source, delivery, may);
    } catch (cause) {
      if (passes(cause)) await this.giveBack(delivery.id);
      throw cause;
    } finally {
      this.end(delivery.id);
    }
  }

  /** Tells the database what it could not be told before. */
  async giveBackAll(): Promise<void> {
    // Taken out before the wait: who comes meanwhile must not give the same back again, nor lose what is added.
    const ids = this.cut_short.splice(0);
    if (ids.length === 0) return;
    try {
      await this.log.giveBack(ids);
    } catch (cause) {
      this.cut_short.push(...ids);
      throw cause;
    }
  }

  onApplicationShutdown(): void {
    clearInterval(this.renewing);
  }

  private begin(id: string): void {
    this.under_way.add(id);
    this.renewing ??= setInterval(() => void this.renew(), RENEW_MS).unref();
  }

  private end(id: string): void {
    this.under_way.delete(id);
    if (this.under_way.size > 0) return;
    clearInterval(this.renewing);
    this.renewing = undefined;
  }

  /** So that no other instance takes what is worked on here for left. One that fails is made up for by the next. */
  private async renew(): Promise<void> {
    try {
      await this.log.renew(this.beingDecided);
    } catch (cause) {
      this.logger.warn({ msg: 'webhook deliveries that are being decided could not be kept claimed', err: cause });
    }
  }

  private async attempt(
    source: WebhookSource,
    delivery: Translatable & { id: string },
    may?: MayTell,
  ): Promise<KeptDelivery> {
    const decision = await this.translator.translate(source, delivery, may);
    if (!decision.repeats) return this.log.settle(delivery.id, decision);
    // A replay that did not know that this one tells it too may have taken back what had been stored before. From now on it
    // knows; and until it is recorded once more, this one is undecided.
    await this.log.settle(delivery.id, { ...decision, outcome: 'received', reason: null, error: null });
    return this.log.settle(delivery.id, await this.translator.translate(source, delivery, may));
  }

  private async giveBack(id: string): Promise<void> {
    this.cut_short.push(id);
    try {
      await this.giveBackAll();
    } catch (cause) {
      // It is given back later; what is to be told now is why the delivery was not decided.
      if (!passes(cause)) throw cause;
    }
  }
}

/** Whether it is the database's state, or ours, and no fault of the delivery. */
function passes(cause: unknown): boolean {
  if (cause instanceof Problem) return cause.getStatus() === 503;
  return ![null, 'unstorable'].includes(faultOf(cause));
}
