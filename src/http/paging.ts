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
    example: 'WyJpbmNpZGVudHMiLCIyMDI2LTAzLTAyVDEzOjUwOjAwLjAwMFoiLCJJTkMtNyIsImFjbWUvc2hvcCJd',
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

/**
 * Makes a page of rows that were read with `LIMIT limit + 1`: the row too many says that there is a next page.
 *
 * @param list the name of the list, which its cursors bear
 */
export function page<T>(
  list: string,
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => Key,
): PageView & { items: T[] } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(list, keyOf(last)) : null;
  return { items, count: items.length, limit, next };
}

export function encodeCursor(list: string, key: Key): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/**
 * Reads a cursor of the list; anything else is a 400. `size` is the number of columns of the sort key. One that was handed out
 * before cursors bore the name of their list is one column shorter, and still good.
 */
export function decodeCursor(cursor: string | undefined, list: string, size: number): Key | null {
  if (cursor === undefined) return null;
  const columns = parsed(cursor);
  if (!Array.isArray(columns) || !columns.every(isColumn)) throw badCursor();
  const key = columns.length === size + 1 && columns[0] === list ? columns.slice(1) : columns;
  if (key.length !== size) throw badCursor();
  return key;
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
function isColumn(value: unknown): value is Key[number] {
  return value === null || typeof value === 'number' || (typeof value === 'string' && !value.includes('\0'));
}
