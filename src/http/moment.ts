import { ValidateBy } from 'class-validator';
import { parseRfc3339 } from './rfc3339.js';

/** Bounds of what Postgres and RFC 3339 both write; nothing of ours happened outside of them. */
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(9999, 0, 1);

/** Reads a date, which stands for its midnight in UTC, or an RFC 3339 date and time; null if it is neither. */
export function momentOf(text: unknown): Date | null {
  if (typeof text !== 'string') return null;
  const time = parseRfc3339(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  return time === null || Number.isNaN(time) ? null : new Date(Math.min(Math.max(time, FIRST), LAST));
}

export function IsMoment(): PropertyDecorator {
  return ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value) => momentOf(value) !== null,
      defaultMessage: () => 'must be a date, or an RFC 3339 date and time with its offset',
    },
  });
}
