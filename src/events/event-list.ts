import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { listParameters, placeOf } from '../http/list.query.js';
import { page } from '../http/paging.js';
import { EventListQuery } from './event-list.query.js';
import { EventPage, type EventRow } from './event-list.view.js';

const SQL = readFileSync(new URL('./event-list.sql', import.meta.url), 'utf8');

@Injectable()
export class EventList {
  constructor(@InjectDataSource('read') private readonly dataSource: DataSource) {}

  /** Newest first. `pipelines`: those to look into, null for all. */
  async read(query: EventListQuery, pipelines: string[] | null): Promise<EventPage> {
    const place = placeOf(query.cursor, 'events', 3);
    const parameters = [...listParameters(query, pipelines), ...place, query.type ?? null];
    const rows = await this.dataSource.query<EventRow[]>(SQL, parameters);
    return page('events', rows, query.limit, (row) => [row.timestamp.toISOString(), row.id, row.pipeline_id]);
  }
}
