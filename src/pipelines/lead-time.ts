import { ApiProperty } from '@nestjs/swagger';
import { Column } from 'typeorm';

export const LEFT_OUT = ['before_baseline', 'unknown_commit', 'negative_span'] as const;

const seconds = (span: string, example: number) => ({
  type: 'number' as const,
  nullable: true,
  minimum: 0,
  description: `Seconds from ${span}; null where it is left out`,
  example,
});

/** How long a change took to get to an environment (doc/domain.md). */
export abstract class LeadTime {
  @ApiProperty({
    type: 'string',
    nullable: true,
    enum: [...LEFT_OUT, null],
    description:
      'Why it counts in no lead time: it was there before the first deployment that we know of, nothing but its ' +
      'deployment is known, or it took less than no time by more than five minutes; null: it counts',
    example: null,
  })
  @Column('text', { nullable: true })
  left_out!: (typeof LEFT_OUT)[number] | null;

  @ApiProperty({ description: 'Never approved: left out of the review statistics only', example: false })
  @Column('boolean')
  no_review!: boolean;

  @ApiProperty({ description: 'Negative by at most five minutes (clock skew), counted as 0', example: false })
  @Column('boolean')
  skewed!: boolean;

  @ApiProperty(seconds('submission to deployment, without the time for which it was a draft again', 5400))
  @Column('double precision', { nullable: true })
  total_seconds!: number | null;

  @ApiProperty(seconds('submission to approval, without the time for which it was a draft again', 3600))
  @Column('double precision', { nullable: true })
  review_seconds!: number | null;

  @ApiProperty(seconds('approval to deployment', 1800))
  @Column('double precision', { nullable: true })
  deployment_seconds!: number | null;

  @ApiProperty(seconds('the commit to deployment', 9000))
  @Column('double precision', { nullable: true })
  commit_to_deploy_seconds!: number | null;
}
