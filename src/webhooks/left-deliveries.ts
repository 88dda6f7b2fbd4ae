import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DeliveryDecider } from './delivery-decider.js';
import { DeliveryLog, type LeftDelivery } from './delivery-log.js';
import { nobodyReads } from './delivery-translator.js';
import { Sources } from './sources.js';

const EVERY_MS = 60_000;
const PATIENCE_MS = 2_000;

/** Decides the deliveries that a stop left undecided: at the start, and every minute, one after the other. */
@Injectable()
export class LeftDeliveries implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LeftDeliveries.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: DeliveryLog,
    private readonly decider: DeliveryDecider,
    private readonly sources: Sources,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.untilStopped();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    // What takes longer is left once more, and decided after the next start.
    await Promise.race([this.running, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }

  /** Tries each of them once. A round that fails, the database being away, is made up for by the next. */
  async round(): Promise<void> {
    try {
      await this.decider.giveBackAll();
      while (!this.stopping.signal.aborted) {
        const left = await this.log.claimLeft(this.decider.beingDecided);
        if (left === null) return;
        await this.decide(left);
      }
    } catch (cause) {
      this.logger.warn({ msg: 'webhook deliveries that were left undecided could not be looked for', err: cause });
    }
  }

  private async untilStopped(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.round();
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** One that cannot be decided now does not hold up the others. */
  private async decide({ limited_to, ...left }: LeftDelivery): Promise<void> {
    const { id, source: name } = left;
    if (left.outcome === 'failed') {
      this.logger.error({ msg: 'a webhook delivery is given up: it may be what ended the process', id, source: name });
      return;
    }
    try {
      const source = await this.sources.named(name);
      const may = (pipeline_id: string): boolean => limited_to?.includes(pipeline_id) ?? true;
      const decided = source ? this.decider.decide(source, left, may) : this.log.settle(id, nobodyReads(name));
      const { outcome, reason } = await decided;
      this.logger.warn({
        msg: 'a webhook delivery that was left undecided is decided',
        id,
        source: name,
        outcome,
        reason,
      });
    } catch (cause) {
      this.logger.error({ msg: 'a webhook delivery is still undecided', id, source: name, err: cause });
    }
  }
}
