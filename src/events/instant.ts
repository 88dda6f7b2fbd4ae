import { parseRfc3339 } from '../http/rfc3339.js';

const EARLIEST = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;

/** A time as an event tells it: seconds since 1970, or RFC 3339. */
export type Instant = number | string;

/** Milliseconds since the epoch of an integer of epoch seconds or an RFC 3339 string; a sentence if it is neither. */
export function parseInstant(value: Instant): number | string {
  if (typeof value === 'number') {
    return String(Math.abs(value)).length >= 13 ? 'looks like milliseconds: give seconds' : value * 1000;
  }
  const time = parseRfc3339(value);
  if (time === null) return 'must be integer epoch seconds or an RFC 3339 date and time with its offset';
  return Number.isNaN(time) ? 'is not a date of the calendar' : time;
}

/** Why a time cannot be one of an event received at `received` (both in milliseconds); null if it can. */
export function refuseInstant(time: number, received: number): string | null {
  if (time < EARLIEST) return 'must not be before 2000-01-01';
  if (time > received + DAY) return 'must not be more than one day ahead';
  return null;
}

/** Whether something can have happened at a time, `latest` being when something that followed it did. */
export function isPossible(time: Instant, latest: Instant): boolean {
  const read = parseInstant(time);
  return typeof read === 'number' && refuseInstant(read, Number(parseInstant(latest))) === null;
}

/** The time that a clock told; where that cannot have been right, `latest`: it was no later than that. */
export function possibleTime(told: Instant, latest: Instant): Instant {
  return isPossible(told, latest) ? told : latest;
}
