import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

const LEVELS = ['elite', 'high', 'medium', 'low'];
export const seconds = (description: string, example: number): ApiPropertyOptions => ({
  description: `${description}, in seconds; null of nothing`,
  type: 'number',
  nullable: true,
  example,
});
export const count = (description: string, example: number): ApiPropertyOptions => ({
  description,
  type: 'integer',
  minimum: 0,
  example,
});

/** Said of a median and a 90th percentile. */
export const approximate: ApiPropertyOptions = {
  description:
    'Whether the medians and 90th percentiles are estimates, each within 5 % of the true value, and so the level may be: of much in all pipelines together. Counts and means are always exact',
  example: false,
};

/** A value judged by a benchmark. */
export class Judged {
  @ApiProperty({
    description: 'The level of the benchmark named beside; null without values, and for fewer than five',
    type: 'string',
    enum: LEVELS,
    nullable: true,
    example: 'high',
  })
  level!: string | null;

  @ApiProperty({
    description: 'Why there are values and yet no level: they are fewer than five',
    type: 'string',
    enum: ['small_sample'],
    nullable: true,
    example: null,
  })
  level_reason!: string | null;
}
