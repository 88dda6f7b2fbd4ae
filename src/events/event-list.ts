import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { listParameters, placeOf } from '../http/list.query.js';
import { page } from '../http/paging.js';
import { STORED_FIELDS } from './event.fields.js';
import { EventListQuery } from './event-list.query.js';
import { EventPage, type EventRow } from './event-list.view.js';

/** In the table's order, but for the review: clients have always been listed it after the deployment. */
const { review_id, ...COLUMNS } = Object.fromEntries(
  STORED_FIELDS.map(({ name, column, kind }) => {
    // A bigint would be answered as text.
    return [name, `e.${column}${kind === 'integer' ? '::double precision' : ''} AS ${name}`];
  }),
);
const LISTED = Object.entries(COLUMNS).flatMap(([name, sql]) => (name === 'deployment_id' ? [sql, review_id] : sql));
const SQL = readFileSync(new URL('./event-list.sql', import.meta.url), 'utf8').replace(
  '/* columns */',
  LISTED.join(', '),
);

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
