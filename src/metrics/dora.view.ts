import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { BUCKETS } from './catalogue/metrics.js';
import { MetricsView } from './metrics.view.js';
import type { Selection } from './selection.js';

/** What an answer is about. */
export class SelectionView {
  @ApiProperty({ description: 'Where the range begins', format: 'date-time', example: '2026-03-02T00:00:00.000Z' })
  from!: string;

  @ApiProperty({
    description: 'Where it ends; the end itself is not in it',
    format: 'date-time',
    example: '2026-03-03T00:00:00.000Z',
  })
  to!: string;

  @ApiProperty({ description: 'The time zone whose days are meant', example: 'UTC' })
  time_zone!: string;

  @ApiProperty({
    description:
      'The pipelines that were asked for, by name or by team, or that the credential is limited to; null: all of them',
    type: 'array',
    items: { type: 'string' },
    nullable: true,
    example: ['shop'],
  })
  pipelines!: string[] | null;

  @ApiProperty({
    description: 'The environments that were asked for, or the production ones there are',
    type: [String],
    example: ['production'],
  })
  environments!: string[];
}

class BenchmarkView {
  @ApiProperty({ description: 'The benchmark that the levels are of', example: 'dora-2023' })
  benchmark!: string;
}

export class SummaryView extends IntersectionType(SelectionView, BenchmarkView, MetricsView) {}

export class SeriesItem extends MetricsView {
  @ApiProperty({ description: 'Where the bucket begins', format: 'date-time', example: '2026-03-02T00:00:00.000Z' })
  start!: string;

  @ApiProperty({ description: 'Where it ends', format: 'date-time', example: '2026-03-03T00:00:00.000Z' })
  end!: string;
}

export class SeriesView extends IntersectionType(SelectionView, BenchmarkView) {
  @ApiProperty({ description: 'How the range is cut', enum: BUCKETS, example: 'day' })
  bucket!: string;

  @ApiProperty({ description: 'Every bucket of the range, by time', type: [SeriesItem] })
  items!: SeriesItem[];
}

export class PipelineItem extends MetricsView {
  @ApiProperty({ description: 'The pipeline', example: 'shop' })
  pipeline_id!: string;
}

export class PipelinesView extends IntersectionType(SelectionView, BenchmarkView, PageView) {
  @ApiProperty({ description: 'The pipelines, by name', type: [PipelineItem] })
  items!: PipelineItem[];
}

/** The same as plain data, to make answers of. */
type About = { [Name in keyof SelectionView]: SelectionView[Name] };

export function aboutOf({ from, to, time_zone, pipelines, environment_names }: Selection): About {
  return { from: from.toISOString(), to: to.toISOString(), time_zone, pipelines, environments: environment_names };
}
