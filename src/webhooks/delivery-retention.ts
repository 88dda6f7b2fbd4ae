import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DeliveryLog } from './delivery-log.js';

const EVERY_MS = 3_600_000;
/** Few enough that none of the deletions holds anything up. */
const BATCH = 100;

/** Deletes deliveries that are kept for long enough, now and then. */
@Injectable()
export class DeliveryRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DeliveryRetention.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly log: DeliveryLog,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.delivery_retention_seconds === 0) return;
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
      while (!this.stopped && (await this.log.prune(this.config.delivery_retention_seconds, BATCH)) === BATCH);
    } catch (cause) {
      this.logger.warn({ msg: 'old webhook deliveries could not be deleted', err: cause });
    }
  }
}
