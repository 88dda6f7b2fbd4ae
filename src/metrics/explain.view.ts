import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import { METRIC_NAMES } from './catalogue/metrics.js';
import { REASONS } from './catalogue/reasons.js';
import { SelectionView } from './dora.view.js';

const KINDS = ['deployment', 'change', 'incident'];

const text = (description: string, example: string | null) =>
  ({ description, type: 'string', nullable: true, example }) as const;
const seconds = (description: string, example: number | null) =>
  ({ description, type: 'number', nullable: true, example }) as const;

/** The fact that a metric looked at: which it is, and what tells whether and how it counts. */
export class ExplainedRow {
  @ApiProperty({ description: 'What it is', enum: KINDS, example: 'change' })
  kind!: string;

  @ApiProperty({ description: 'Its pipeline', example: 'shop' })
  pipeline_id!: string;

  @ApiProperty(text('Its environment; null for a change that no deployment carried', 'production'))
  environment!: string | null;

  @ApiProperty(
    text('The deployment, the one that first carried the change, or the one that caused the incident', 'e12'),
  )
  deployment_id!: string | null;

  @ApiProperty(text("The change's commit, or the deployment's", 'c1'))
  commit_id!: string | null;

  @ApiProperty(text('The incident', null))
  incident_id!: string | null;

  @ApiProperty(text('success, failure, canceled or in_progress of a deployment, open or resolved of an incident', null))
  status!: string | null;

  @ApiProperty({
    ...text(
      'When a deployment finished (in progress: started), an incident was resolved (open, or unlinked: opened), a waiting change landed',
      '2026-03-02T10:30:00.000Z',
    ),
    format: 'date-time',
  })
  at!: string | null;

  @ApiProperty({
    description: 'Why a deployment counts as failed; null for what is no deployment',
    type: 'array',
    items: { type: 'string', enum: ['status', 'incident', 'rollback'] },
    nullable: true,
    example: null,
  })
  failed_by!: string[] | null;

  @ApiProperty(seconds('Seconds from submitted to approved, of a change that counts and was approved', 3600))
  review_seconds!: number | null;

  @ApiProperty(seconds('Seconds from approved to deployed, of a change that counts', 1800))
  deployment_seconds!: number | null;

  @ApiProperty(seconds('Seconds from committed to deployed, of a change that counts', 9000))
  commit_to_deploy_seconds!: number | null;

  @ApiProperty(text('Where a person can look it up', 'https://github.com/acme/shop/commit/c1'))
  url!: string | null;
}

export class ExplainItem {
  @ApiProperty({ description: 'What was looked at', type: ExplainedRow })
  row!: ExplainedRow;

  @ApiProperty({ description: 'Whether it is in the metric', example: true })
  used!: boolean;

  @ApiProperty({
    description: 'The first reason that keeps it out; no_review keeps a change out of the review statistics only',
    type: 'string',
    nullable: true,
    enum: [...Object.keys(REASONS), null],
    example: null,
  })
  reason!: string | null;

  @ApiProperty({
    description:
      'What it adds: seconds of a duration (lead time: the total), or 1 or 0 for a deployment that is or is not failed, rework (deployment frequency: 1); null if left out',
    type: 'number',
    nullable: true,
    example: 5400,
  })
  value!: number | null;
}

export class ExplainView extends IntersectionType(SelectionView, PageView) {
  @ApiProperty({ description: 'What is explained', enum: METRIC_NAMES, example: 'lead_time' })
  metric!: string;

  @ApiProperty({ description: 'How many rows are in the metric', type: 'integer', minimum: 0, example: 3 })
  used!: number;

  @ApiProperty({
    description: 'How many rows are not, for each reason. With `used` they add up to all rows looked at',
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 1 },
    example: { before_baseline: 12 },
  })
  left_out!: Record<string, number>;

  @ApiProperty({
    description: 'The rows: first those in the metric, then the others, each newest first',
    type: [ExplainItem],
  })
  items!: ExplainItem[];
}
