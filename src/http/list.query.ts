import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, IsOptional, IsString, Length } from 'class-validator';
import { IsMoment, momentOf } from './moment.js';
import { badCursor, decodeCursor, type Key, PageQuery } from './paging.js';
import { Problem } from './problem.js';

const MOST_NAMES = 1000;

/** A query parameter that may be given once or several times. */
const severalTimes = ({ value }: TransformFnParams): unknown => (value === undefined ? undefined : [value].flat());

/** What every list of events and facts can be narrowed down by. */
export class ListQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only these pipelines; may be repeated. Absent: all that the caller may see',
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 200 },
    maxItems: MOST_NAMES,
    example: ['acme/shop'],
  })
  @IsOptional()
  @Transform(severalTimes)
  @ArrayMaxSize(MOST_NAMES)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  pipeline?: string[];

  @ApiPropertyOptional({
    description: 'Only the pipelines of this team, and those named; may be repeated',
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 100 },
    maxItems: MOST_NAMES,
    example: ['payments'],
  })
  @IsOptional()
  @Transform(severalTimes)
  @ArrayMaxSize(MOST_NAMES)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  team?: string[];

  @ApiPropertyOptional({
    description: 'Only these environments; may be repeated. Commits: those whose change was deployed there',
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 100 },
    maxItems: MOST_NAMES,
    example: ['production'],
  })
  @IsOptional()
  @Transform(severalTimes)
  @ArrayMaxSize(MOST_NAMES)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  environment?: string[];

  @ApiPropertyOptional({
    description:
      'Only those at or after this time: a date (its midnight in UTC) or an RFC 3339 date and time. Events by ' +
      '`timestamp`, commits by `committed_at`, deployments by `finished_at` (in progress: `started_at`). Incidents: those ' +
      'not resolved before it',
    type: String,
    example: '2026-03-02',
  })
  @IsOptional()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({
    description: 'Only those before this time; read as `from` is, and not before it. Incidents: those opened before it',
    type: String,
    example: '2026-03-03T00:00:00Z',
  })
  @IsOptional()
  @IsMoment()
  to?: string;
}

/** The parameters $1 to $5 of every list's SQL: pipelines, environments, from, to, and one row more than the page has. */
export function listParameters({ environment, from, to, limit }: ListQuery, pipelines: string[] | null): unknown[] {
  checkRange(from, to);
  return [pipelines, environment ?? null, momentOf(from)?.toISOString(), momentOf(to)?.toISOString(), limit + 1];
}

/** @throws Problem 400 for a range that ends before it starts: an empty answer would hide the slip */
export function checkRange(from: string | undefined, to: string | undefined): void {
  const [start, end] = [momentOf(from), momentOf(to)];
  if (start === null || end === null || start <= end) return;
  throw new Problem(400, 'The request is not valid', [{ pointer: '/from', detail: 'must not be after to' }]);
}

/** The last row of the page before, as its sort key: a time, then identifiers; all null for the first page. */
export function placeOf(cursor: string | undefined, list: string, size: number): Key {
  const key = decodeCursor(cursor, list, size);
  if (key === null) return Array.from({ length: size }, () => null);
  const [time, ...identifiers] = key;
  const sound = (time === null || isTime(time)) && identifiers.every((part) => typeof part === 'string');
  if (!sound) throw badCursor();
  return key;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && momentOf(value)?.toISOString() === value;
}
