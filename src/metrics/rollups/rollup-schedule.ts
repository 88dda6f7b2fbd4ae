import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Rollups } from './rollups.js';

const EVERY_MS = 30_000;

/** Rolls what there is to roll, now and then. A round that fails, the database being away, is made up for by the next. */
@Injectable()
export class RollupSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RollupSchedule.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly rollups: Rollups) {}

  onApplicationBootstrap(): void {
    this.running = this.untilStopped();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async untilStopped(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.rollups.catchUp(new Date(), { signal }).catch((cause: unknown) => {
        this.logger.warn({ msg: 'days could not be rolled up', err: cause });
      });
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
