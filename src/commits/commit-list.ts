import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ListQuery, listParameters, placeOf } from '../http/list.query.js';
import { page } from '../http/paging.js';
import { CommitPage, type CommitView } from './commit.view.js';

const SQL = readFileSync(new URL('./commit-list.sql', import.meta.url), 'utf8');

@Injectable()
export class CommitList {
  constructor(@InjectDataSource('read') private readonly dataSource: DataSource) {}

  /** Newest first. `pipelines`: those to look into, null for all. */
  async read(query: ListQuery, pipelines: string[] | null): Promise<CommitPage> {
    const place = placeOf(query.cursor, 'commits', 3);
    const parameters = [...listParameters(query, pipelines), ...place];
    const rows = await this.dataSource.query<CommitView[]>(SQL, parameters);
    return page('commits', rows, query.limit, (row) => [
      row.committed_at?.toISOString() ?? null,
      row.commit_id,
      row.pipeline_id,
    ]);
  }
}
