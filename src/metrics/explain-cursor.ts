import { badCursor, decodeCursor, type Key } from '../http/paging.js';
import type { Selection } from './selection.js';

/** Where a page of rows ended. */
export interface Place {
  used: boolean;
  /** Microseconds since the epoch: Postgres is finer than `Date`. */
  moment: number;
  key: (string | null)[];
}

/** The range is part of it: one that ends now would be another on every page. */
interface ExplainCursor {
  range: Pick<Selection, 'from' | 'to'>;
  place: Place;
}

const KEY_SIZE = 6;
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 0, 1);

export function explainKey({ range, place }: ExplainCursor): Key {
  return [range.from.getTime(), range.to.getTime(), Number(place.used), place.moment, ...place.key];
}

/** @throws Problem 400 for anything that is no cursor of `/dora/explain` */
export function readExplainCursor(cursor: string | undefined): ExplainCursor | null {
  const columns = decodeCursor(cursor, 'dora/explain', 4 + KEY_SIZE);
  if (columns === null) return null;
  const [from, to, used, moment, ...key] = columns;
  if (
    !isTime(from) ||
    !isTime(to) ||
    !Number.isSafeInteger(used) ||
    !Number.isSafeInteger(moment) ||
    !key.every(isName)
  ) {
    throw badCursor();
  }
  return {
    range: { from: new Date(from), to: new Date(to) },
    place: { used: used === 1, moment: moment as number, key },
  };
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= EARLIEST && (value as number) <= LATEST;
}

function isName(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
