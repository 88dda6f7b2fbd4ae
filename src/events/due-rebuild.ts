import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { faultOf } from '../database/database-fault.js';
import { Rebuild } from './rebuild.js';

/** Held while rebuilding, so that of several replicas one does it. */
export const REBUILD_LOCK = 4_613_726_511;
const PAUSE_MS = 3000;

/**
 * After a change of a setting that derived rows depend on (or of the projection itself), derives them again while the
 * service runs. Every replica looks now and then whether that is due: whichever took the change may have ended, and one
 * that rebuilds already does not know of the next change. Due until it is done.
 */
@Injectable()
export class DueRebuild implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DueRebuild.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private away = false;

  constructor(
    @InjectDataSource('work') private readonly dataSource: DataSource,
    private readonly rebuild: Rebuild,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.untilStopped();
  }

  /** One that is under way is broken off: it is due still, for whoever runs next. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async untilStopped(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look();
      await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Rebuilds if that is due. */
  async look(): Promise<void> {
    try {
      if ((await this.rebuild.due()) !== null) await this.run();
      this.away = false;
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      // A function that is missing is one that a newer version has brought others for.
      if (['away', 'crowded', 'undefined'].includes(String(faultOf(error)))) this.noteAway(error);
      else this.logger.error(`The rebuild failed, and is tried again: ${String(error)}`);
    }
  }

  /** It may be away for a while: told once. */
  private noteAway(error: unknown): void {
    if (!this.away) this.logger.warn(`Whether a rebuild is due is not known: ${String(error)}`);
    this.away = true;
  }

  private async run(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [lock] = await query<{ locked: boolean }>(runner, `SELECT pg_try_advisory_lock(${REBUILD_LOCK}) AS locked`);
      if (!lock?.locked) return;
      try {
        await this.rebuildIfDue();
      } finally {
        // The connection goes back to the pool, and the lock with it: nobody else could ever rebuild.
        await query(runner, `SELECT pg_advisory_unlock(${REBUILD_LOCK})`);
      }
    } finally {
      await runner.release();
    }
  }

  private async rebuildIfDue(): Promise<void> {
    const due = await this.rebuild.due();
    if (due === null) return;
    this.logger.warn(`Deriving all rows again, because of a change of ${[...new Set(due)].join(', ')}`);
    let differing = 0;
    // Asked after some events each, for a pipeline may have too many to wait for.
    const goOn = () => this.stopping.signal.throwIfAborted();
    for await (const rebuilt of this.rebuild.all(goOn)) {
      if (Object.keys(rebuilt.differing).length > 0) differing++;
      goOn();
    }
    await this.rebuild.settle(due);
    this.logger.warn(`All rows are derived again; ${differing} pipelines had rows that differed`);
  }
}

async function query<T>(runner: QueryRunner, sql: string): Promise<T[]> {
  return (await runner.query(sql)) as T[];
}
