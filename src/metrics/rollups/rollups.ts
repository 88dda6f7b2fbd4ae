import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Caller } from '../../auth/caller.js';
import type { Selection } from '../selection.js';

/** SQLSTATE: another holds the lock. */
const LOCKED = '55P03';
/** Days of each time zone that are rolled in one transaction, and time zones that days are rolled of. */
const MOST_DAYS = 31;
const MOST_ZONES = 24;

/**
 * Keeps the rolled days (ADR 0012) up with the facts. Nothing waits for it: a day that is not rolled, or has changed
 * since, is computed from its rows.
 */
@Injectable()
export class Rollups {
  private readonly logger = new Logger(Rollups.name);
  private readonly zones = new Set<string>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @InjectDataSource('work') private readonly work: DataSource,
  ) {}

  /** Hears what a series is asked of: what only rows can answer, and what nobody answers for, has no days rolled for it. */
  async hear({ pipelines, time_zone }: Selection, caller: Caller): Promise<void> {
    if (pipelines === null && caller.kind !== 'anyone') await this.include(time_zone);
  }

  /**
   * From now on the days of this time zone are rolled too; of a new one if there are not too many. Nobody depends on it:
   * where nothing can be written, a question is answered all the same.
   */
  async include(time_zone: string): Promise<void> {
    if (this.zones.has(time_zone)) return;
    try {
      await this.dataSource.query(
        `INSERT INTO devopstic.rollup_zones (time_zone)
         SELECT $1 WHERE (SELECT count(*) FROM devopstic.rollup_zones) < $2
         ON CONFLICT (time_zone) DO NOTHING`,
        [time_zone, MOST_ZONES],
      );
      this.zones.add(time_zone);
    } catch (cause) {
      this.logger.warn({ msg: `the days of ${time_zone} are not counted beforehand`, err: cause });
    }
  }

  /** Rolls all that there is to roll at this time. */
  async catchUp(now: Date, most = MOST_DAYS): Promise<void> {
    let more = true;
    while (more) more = await this.roll(now, most);
  }

  /**
   * Rolls some days, in one transaction.
   * @returns whether there is more
   */
  async roll(now: Date, most = MOST_DAYS): Promise<boolean> {
    try {
      return await this.work.transaction('REPEATABLE READ', async (manager) => {
        // Of several replicas one rolls. A lock of the table, since that comes before what the transaction sees: one that
        // saw less than another has rolled would put back older counts.
        await manager.query('LOCK TABLE devopstic.rollup_zones IN SHARE UPDATE EXCLUSIVE MODE NOWAIT');
        const sql = 'SELECT devopstic.roll_up_some($1, $2) AS more';
        const [rolled] = await manager.query<{ more: boolean }[]>(sql, [now, most]);
        return rolled?.more ?? false;
      });
    } catch (cause) {
      if ((cause as { code?: unknown }).code === LOCKED) return false;
      throw cause;
    }
  }
}
