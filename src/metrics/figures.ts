import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Bucket, type Metric, METRIC_NAMES, METRICS, type Metrics } from './catalogue/metrics.js';
import type { Selection } from './selection.js';

/** How the figures are cut; neither: one cell for everything. */
export interface Cut {
  bucket?: Bucket;
  by_pipeline?: boolean;
}

/** The metrics of one bucket, for the pipelines together (`pipeline_id` is '') or for one of them. */
export interface Cell {
  pipeline_id: string;
  start: string;
  end: string;
  metrics: Metrics;
}

interface Row {
  metric: Metric;
  figures: { pipeline_id: string; bucket_start: string; bucket_end: string } & Record<string, unknown>;
}

/** Every metric's own function, in one statement, so that all of them see the same rows. */
const STATEMENT = METRIC_NAMES.map(
  (metric) => `
    SELECT '${metric}' AS metric, to_json(m) AS figures
    FROM reporting.${metric}(${[
      'pipelines => $1::text[]',
      'environments => $2::text[]',
      'range_start => $3::timestamptz',
      'range_end => $4::timestamptz',
      'time_zone => $5::text',
      'bucket => $6::text',
      'by_pipeline => $7::boolean',
      ...(METRICS[metric].level === null ? [] : ['benchmark => $8::text']),
      ...(METRICS[metric].bots ? ['bots => $9::boolean'] : []),
    ].join(', ')}) AS m`,
).join(' UNION ALL ');

/** Reads the metrics; they are computed by the functions in schema `reporting`, and only there. */
@Injectable()
export class Figures {
  constructor(@InjectDataSource('read') private readonly dataSource: DataSource) {}

  /** The cells by time. */
  async of(selection: Selection, benchmark: string, { bucket, by_pipeline = false }: Cut = {}): Promise<Cell[]> {
    const { pipelines, environments, from, to, time_zone, bots } = selection;
    const parameters = [pipelines, environments, from, to, time_zone, bucket ?? null, by_pipeline, benchmark, bots];
    return cellsOf(await this.dataSource.query<Row[]>(STATEMENT, parameters));
  }
}

function cellsOf(rows: Row[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { metric, figures } of rows) {
    const { pipeline_id, bucket_start, bucket_end, ...values } = figures;
    const [start, end] = [bucket_start, bucket_end].map((time) => new Date(time).toISOString()) as [string, string];
    const key = JSON.stringify([pipeline_id, start]);
    const cell = cells.get(key) ?? { pipeline_id, start, end, metrics: {} as Metrics };
    cells.set(key, Object.assign(cell, { metrics: { ...cell.metrics, [metric]: values } }));
  }
  return [...cells.values()].toSorted((one, other) => (one.start < other.start ? -1 : one.start > other.start ? 1 : 0));
}
