import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

const EVERY_MS = 3_600_000;
/** Few enough that none of the deletions holds anything up. */
const BATCH = 100;

/** Deletes what was kept for long enough, now and then. */
export abstract class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  /**
   * @param what is deleted, in words
   * @param seconds for which it is kept; 0: for ever
   */
  constructor(
    private readonly what: string,
    private readonly seconds: number,
  ) {}

  /** Deletes at most so many that are older; answers how many. */
  protected abstract prune(older_than_seconds: number, at_most: number): Promise<number>;

  onApplicationBootstrap(): void {
    if (this.seconds === 0) return;
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
    void this.sweep();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  /** A sweep that fails, the database being away, is made up for by the next. */
  private async sweep(): Promise<void> {
    try {
      while (!this.stopped && (await this.prune(this.seconds, BATCH)) === BATCH);
    } catch (cause) {
      this.logger.warn({ msg: `old ${this.what} could not be deleted`, err: cause });
    }
  }
}
