import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Caller } from '../auth/caller.js';
import { decodeCursor, page } from '../http/paging.js';
import { refuseTooManyBuckets } from './buckets.js';
import type { PipelinesQuery, SeriesQuery, SummaryQuery } from './dora.query.js';
import { aboutOf, type PipelinesView, type SeriesView, type SummaryView } from './dora.view.js';
import { Figures } from './figures.js';
import { Rollups } from './rollups/rollups.js';
import { Selections, type Selection } from './selection.js';

/** Answers `/dora/summary`, `/dora/series` and `/dora/pipelines`: the same metrics, cut differently. */
@Injectable()
export class Dora {
  constructor(
    @InjectDataSource('read') private readonly dataSource: DataSource,
    private readonly selections: Selections,
    private readonly figures: Figures,
    private readonly rollups: Rollups,
  ) {}

  async summary(query: SummaryQuery, caller: Caller, now: Date): Promise<SummaryView> {
    const { benchmark } = query;
    const selection = await this.selections.of(query, caller, now);
    const [cell] = await this.figures.of(selection, benchmark);
    return { ...aboutOf(selection), benchmark, ...cell!.metrics };
  }

  async series(query: SeriesQuery, caller: Caller, now: Date): Promise<SeriesView> {
    const { benchmark, bucket } = query;
    const selection = await this.selections.of(query, caller, now);
    refuseTooManyBuckets(selection, bucket);
    await this.rollups.hear(selection, caller);
    const cells = await this.figures.of(selection, benchmark, { bucket });
    const items = cells.map(({ start, end, metrics }) => ({ start, end, ...metrics }));
    return { ...aboutOf(selection), benchmark, bucket, items };
  }

  async pipelines(query: PipelinesQuery, caller: Caller, now: Date): Promise<PipelinesView> {
    const { benchmark, limit } = query;
    const [after = ''] = decodeCursor(query.cursor, 'dora/pipelines', 1) ?? [];
    const selection = await this.selections.of(query, caller, now);
    const known = await this.pipelinesAfter(String(after), selection, limit + 1);
    const { items: rows, ...paging } = page('dora/pipelines', known, limit, ({ pipeline_id }) => [pipeline_id]);
    const pipelines = rows.map(({ pipeline_id }) => pipeline_id);
    const cells = await this.figures.of({ ...selection, pipelines }, benchmark, { by_pipeline: true });
    const metrics = new Map(cells.map((cell) => [cell.pipeline_id, cell.metrics]));
    const items = pipelines.map((pipeline_id) => ({ pipeline_id, ...metrics.get(pipeline_id)! }));
    return { ...aboutOf(selection), benchmark, ...paging, items };
  }

  private pipelinesAfter(name: string, { pipelines }: Selection, most: number): Promise<{ pipeline_id: string }[]> {
    return this.dataSource.query(
      `SELECT p.pipeline_id
       FROM reporting.pipelines AS p
       WHERE ($1::text[] IS NULL OR p.pipeline_id = ANY ($1)) AND p.pipeline_id > $2
       ORDER BY p.pipeline_id
       LIMIT $3`,
      [pipelines, name, most],
    );
  }
}
