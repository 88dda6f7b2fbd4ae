import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** Held while rolling, so that of several replicas one does it. */
const LOCK = 4_613_726_512;
const EVERY_MS = 30_000;
/** Days of each time zone that are rolled in one transaction, and time zones that days are rolled of. */
const MOST_DAYS = 31;
const MOST_ZONES = 24;

/**
 * Keeps the rolled days (ADR 0011) up with the facts. Nothing waits for it: a day that is not rolled, or has changed
 * since, is computed from its rows.
 */
@Injectable()
export class Rollups implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Rollups.name);
  private readonly stopping = new AbortController();
  private readonly zones = new Set<string>();
  private running: Promise<void> = Promise.resolve();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.running = this.untilStopped();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** From now on the days of this time zone are rolled too; of a new one if there are not too many. */
  async include(time_zone: string): Promise<void> {
    if (this.zones.has(time_zone)) return;
    await this.dataSource.query(
      `INSERT INTO devopstic.rollup_zones (time_zone)
       SELECT $1 WHERE (SELECT count(*) FROM devopstic.rollup_zones) < $2
       ON CONFLICT (time_zone) DO NOTHING`,
      [time_zone, MOST_ZONES],
    );
    this.zones.add(time_zone);
  }

  /** Rolls what there is to roll at this time. */
  async catchUp(now: Date, most = MOST_DAYS): Promise<void> {
    while (!this.stopping.signal.aborted && (await this.some(now, most)));
  }

  private async untilStopped(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.catchUp(new Date()).catch((cause: unknown) => {
        this.logger.warn({ msg: 'days could not be rolled up; that is tried again', err: cause });
      });
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** @returns whether there is more */
  private some(now: Date, most: number): Promise<boolean> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const [lock] = await manager.query<{ locked: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS locked', [LOCK]);
      if (!lock?.locked) return false;
      const [rolled] = await manager.query<{ more: boolean }[]>('SELECT devopstic.roll_up_some($1, $2) AS more', [
        now,
        most,
      ]);
      return rolled?.more ?? false;
    });
  }
}
