import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { badCursor, decodeCursor, page } from '../http/paging.js';
import { PipelineListQuery } from './pipeline-list.query.js';
import { PipelinePage, type PipelineView } from './pipeline.view.js';

const SQL = readFileSync(new URL('./pipeline-list.sql', import.meta.url), 'utf8');

@Injectable()
export class PipelineList {
  constructor(@InjectDataSource('read') private readonly dataSource: DataSource) {}

  /** By name. `pipelines`: those to show, null for all. */
  async read({ cursor, limit }: PipelineListQuery, pipelines: string[] | null): Promise<PipelinePage> {
    const [last] = decodeCursor(cursor, 'pipelines', 1) ?? [''];
    if (typeof last !== 'string') throw badCursor();
    const rows = await this.dataSource.query<PipelineView[]>(SQL, [pipelines, limit + 1, last]);
    return page('pipelines', rows, limit, (row) => [row.pipeline_id]);
  }
}
