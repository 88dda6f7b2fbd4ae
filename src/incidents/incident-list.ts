import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ListQuery, listParameters, placeOf } from '../http/list.query.js';
import { page } from '../http/paging.js';
import { IncidentPage, type IncidentView } from './incident.view.js';

const SQL = readFileSync(new URL('./incident-list.sql', import.meta.url), 'utf8');

@Injectable()
export class IncidentList {
  constructor(@InjectDataSource('read') private readonly dataSource: DataSource) {}

  /** Newest first. `pipelines`: those to look into, null for all. */
  async read(query: ListQuery, pipelines: string[] | null): Promise<IncidentPage> {
    const place = placeOf(query.cursor, 'incidents', 3);
    const parameters = [...listParameters(query, pipelines), ...place];
    const rows = await this.dataSource.query<IncidentView[]>(SQL, parameters);
    return page('incidents', rows, query.limit, (row) => [
      row.opened_at.toISOString(),
      row.incident_id,
      row.pipeline_id,
    ]);
  }
}
