import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Length, ValidateBy } from 'class-validator';
import { IsMoment } from '../http/moment.js';
import { PageQuery } from '../http/paging.js';
import { BUCKETS, METRIC_NAMES, type Bucket, type Metric } from './catalogue/metrics.js';

const MOST_NAMES = 1000;

/** A parameter that may be repeated: given once it comes as text, several times as a list. */
function Names(description: string, longest: number, example: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description,
      type: 'array',
      maxItems: MOST_NAMES,
      items: { type: 'string', minLength: 1, maxLength: longest },
      example: [example],
    }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => [value].flat()),
    ValidateBy({
      name: 'isNames',
      validator: {
        validate: (value: unknown[]) => value.length <= MOST_NAMES && value.every((name) => isName(name, longest)),
        defaultMessage: () => `must be a name of 1 to ${longest} characters, at most ${MOST_NAMES} times`,
      },
    }),
  );
}

function isName(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= longest;
}

const Flag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** What every answer of `/dora` is about. */
class DoraQuery {
  @Names('Only this pipeline; may be repeated. None: all that the caller may see, taken together', 200, 'shop')
  pipeline?: string[];

  @Names('Only the pipelines of this team, and those named; may be repeated', 100, 'payments')
  team?: string[];

  @Names('Only this environment; may be repeated. None: those that count as production', 100, 'production')
  environment?: string[];

  @ApiPropertyOptional({
    description:
      'Where the range begins: a date, which is its midnight in `time_zone`, or an RFC 3339 date and time. Default: 30 days before `to`',
    example: '2026-03-02',
  })
  @IsOptional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({
    description: 'Where the range ends; the end itself is not in it. Written as `from`. Default: now',
    example: '2026-03-03',
  })
  @IsOptional()
  @IsMoment()
  to?: string;

  @ApiPropertyOptional({
    description: 'IANA time zone whose days, weeks and months are meant',
    type: 'string',
    default: 'UTC',
    example: 'Europe/Paris',
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  time_zone = 'UTC';

  @ApiPropertyOptional({
    description: 'Whether the changes of bots count in lead time and work waiting',
    type: Boolean,
    default: false,
    example: false,
  })
  @IsOptional()
  @Flag()
  @IsBoolean({ message: 'must be true or false' })
  bots = false;
}

export class SummaryQuery extends DoraQuery {
  @ApiPropertyOptional({
    description: 'Whose levels are told',
    type: 'string',
    default: 'dora-2023',
    example: 'dora-2023',
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  benchmark = 'dora-2023';
}

export class SeriesQuery extends SummaryQuery {
  @ApiPropertyOptional({
    description:
      'How the range is cut, at midnights of `time_zone`; weeks begin on Monday. The first and the last bucket end where the range does',
    enum: BUCKETS,
    default: 'day',
    example: 'week',
  })
  @IsOptional()
  @IsIn(BUCKETS)
  bucket: Bucket = 'day';
}

export class PipelinesQuery extends IntersectionType(SummaryQuery, PageQuery) {}

export class ExplainQuery extends IntersectionType(DoraQuery, PageQuery) {
  @ApiProperty({ description: 'The metric to be explained', enum: METRIC_NAMES, example: 'lead_time' })
  @IsIn(METRIC_NAMES)
  metric!: Metric;
}
