import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Problem } from './problem.js';

/** Number() would also read `0x10`, `1e2` and ` 5`, and the document promises an integer. */
const plainInteger = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;

/** The query parameters that every list takes. */
export class PageQuery {
  @ApiPropertyOptional({
    description: 'How many items a page has at most',
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    default: 100,
    example: 100,
  })
  @IsOptional()
  @Transform(plainInteger)
  @Min(1)
  @Max(1000)
  @IsInt()
  limit = 100;

  @ApiPropertyOptional({
    description: 'The `next` of the page before; none for the first page',
    type: 'string',
    example: 'WyIyMDI2LTAzLTAyVDEzOjUwOjAwLjAwMFoiLCJJTkMtNyIsImFjbWUvc2hvcCJd',
  })
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  cursor?: string;
}

/** What every list answers, beside its `items`. */
export class PageView {
  @ApiProperty({ description: 'How many items this page has', type: 'integer', example: 1 })
  count!: number;

  @ApiProperty({ description: 'How many it could have had', type: 'integer', example: 100 })
  limit!: number;

  @ApiProperty({
    description: 'The cursor of the next page; null on the last',
    type: 'string',
    nullable: true,
    example: null,
  })
  next!: string | null;
}

/** What a cursor holds: the sort key of the last row of a page. */
export type Key = readonly (string | number | null)[];

/** Makes a page of rows that were read with `LIMIT limit + 1`: the row too many says that there is a next page. */
export function page<T>(rows: readonly T[], limit: number, keyOf: (row: T) => Key): PageView & { items: T[] } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { items, count: items.length, limit, next };
}

export function encodeCursor(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a cursor of ours; anything else is a 400. `size` is the number of columns of the sort key. */
export function decodeCursor(cursor: string | undefined, size: number): Key | null {
  if (cursor === undefined) return null;
  const key = parsed(cursor);
  const sound = Array.isArray(key) && key.length === size && key.every(isColumn);
  if (!sound) throw badCursor();
  return key as Key;
}

/** The answer to a cursor that somebody made up. */
export function badCursor(): Problem {
  const detail = 'is not a cursor of this list: pass the next of its last answer';
  return new Problem(400, 'The request is not valid', [{ pointer: '/cursor', detail }]);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** A NUL cannot be stored, so no cursor of ours has one, and Postgres would refuse it as a parameter. */
function isColumn(value: unknown): boolean {
  return value === null || typeof value === 'number' || (typeof value === 'string' && !value.includes('\0'));
}
