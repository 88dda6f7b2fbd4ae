import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Rollups } from './rollups.js';

const EVERY_MS = 30_000;
const PATIENCE_MS = 2_000;
/** It rests so much longer than it works: a history that is to be counted is not to keep others waiting. */
const REST = 4;

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
    // A round that takes longer breaks off with its connection, and was for nothing: others are not to wait for it.
    await Promise.race([this.running, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }

  private async untilStopped(): Promise<void> {
    const { signal } = this.stopping;
    let pause = EVERY_MS;
    for (;;) {
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      pause = await this.round();
    }
  }

  /** @returns how long to rest */
  private async round(): Promise<number> {
    const start = performance.now();
    try {
      const more = await this.rollups.roll(new Date());
      return more ? REST * (performance.now() - start) : EVERY_MS;
    } catch (cause) {
      this.logger.warn({ msg: 'days could not be rolled up', err: cause });
      return EVERY_MS;
    }
  }
}
