import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Caller } from '../auth/caller.js';
import { page } from '../http/paging.js';
import { type Metric, METRICS } from './catalogue/metrics.js';
import type { ExplainQuery } from './dora.query.js';
import { aboutOf } from './dora.view.js';
import { explainKey, readExplainCursor, type Place } from './explain-cursor.js';
import type { ExplainedRow, ExplainItem, ExplainView } from './explain.view.js';
import { Selections, type Selection } from './selection.js';

const STATEMENT = readFileSync(new URL('./explain.sql', import.meta.url), 'utf8');

type Row = ExplainedRow & Place & Pick<ExplainItem, 'reason' | 'value'>;

interface Explained {
  used: number;
  left_out: Record<string, number>;
  rows: Row[];
}

/** Answers `/dora/explain`: the rows behind a metric, and those left out of it. */
@Injectable()
export class Explain {
  constructor(
    @InjectDataSource('read') private readonly dataSource: DataSource,
    private readonly selections: Selections,
  ) {}

  async explain(query: ExplainQuery, caller: Caller, now: Date): Promise<ExplainView> {
    const { metric, limit } = query;
    const cursor = readExplainCursor(query.cursor);
    const selection = { ...(await this.selections.of(query, caller, now)), ...cursor?.range };
    const { used, left_out, rows } = await this.read(metric, selection, limit + 1, cursor?.place);
    const { items, ...paging } = page('dora/explain', rows, limit, (place) => explainKey({ range: selection, place }));
    return { metric, ...aboutOf(selection), used, left_out, ...paging, items: items.map(itemOf) };
  }

  private async read(metric: Metric, selection: Selection, most: number, after?: Place): Promise<Explained> {
    const { pipelines, environments, from, to, bots } = selection;
    const place = [after?.used ?? null, after?.moment ?? null, after?.key ?? null];
    const takesBots = METRICS[metric].bots;
    const statement = STATEMENT.replace('reporting.explained', () => explained(metric, takesBots));
    const parameters = [pipelines, environments, from, to, most, ...place, ...(takesBots ? [bots] : [])];
    const [explanation] = await this.dataSource.query<[Explained]>(statement, parameters);
    return explanation;
  }
}

/** The function in schema `reporting` that tells of each row why it counts or not. */
function explained(metric: Metric, takesBots: boolean): string {
  const named = ['pipelines => $1::text[]', 'environments => $2::text[]'];
  const range = ['range_start => $3::timestamptz', 'range_end => $4::timestamptz'];
  const bots = takesBots ? ['bots => $9::boolean'] : [];
  return `reporting.${metric}_explained(${[...named, ...range, ...bots].join(', ')})`;
}

function itemOf({ used, reason, value, moment: _moment, key: _key, at, ...row }: Row): ExplainItem {
  return { row: { ...row, at: at && new Date(at).toISOString() }, used, reason, value };
}
