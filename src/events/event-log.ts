import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { NewEvent } from './event.js';
import { TableStatistics } from './table-statistics.js';

/** What is already stored under an event's key. */
export interface Known {
  content_hash: string;
  occurred_at: string;
  received_at: string;
}

/** Deadlock, serialisation failure: nothing is wrong with the batch, only with the moment. */
const MOMENTARY = new Set(['40P01', '40001']);
const ATTEMPTS = 5;

/** The events table, and with it everything derived: one statement, one transaction a batch. */
@Injectable()
export class EventLog {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly statistics: TableStatistics,
  ) {}

  /** Appends a batch without repeated keys; answers what was known before, by key (see `keyOf`). */
  async append(events: NewEvent[]): Promise<Map<string, Known>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.appendOnce(events);
      } catch (error) {
        if (attempt === ATTEMPTS || !MOMENTARY.has(String((error as { code?: unknown }).code))) throw error;
        await sleep(Math.random() * 20 * attempt);
      }
    }
  }

  private async appendOnce(events: NewEvent[]): Promise<Map<string, Known>> {
    // Straight to the pool: TypeORM cannot name a statement, and parsing this one anew costs more than a small batch.
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    const { rows } = await pool.query<{
      pipeline_id: string;
      id: string;
      occurred_at: Date;
      received_at: Date;
      content_hash: string;
    }>({
      name: 'record',
      text: 'SELECT known.pipeline_id, known.id, known.occurred_at, known.received_at, known.content_hash FROM devopstic.record($1, $2) AS known',
      values: [[...new Set(events.map((event) => event.pipeline_id))], JSON.stringify(events)],
    });
    this.statistics.noteRecorded(events.length);
    return new Map(
      rows.map((row) => [
        keyOf(row),
        {
          content_hash: row.content_hash,
          occurred_at: row.occurred_at.toISOString(),
          received_at: row.received_at.toISOString(),
        },
      ]),
    );
  }
}

/** An event's key as one string; NUL cannot occur in either part. */
export function keyOf(event: { pipeline_id: string; id: string }): string {
  return `${event.pipeline_id}\0${event.id}`;
}
