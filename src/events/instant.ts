const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const EARLIEST = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;

/** Milliseconds since the epoch of an integer of epoch seconds or an RFC 3339 string; a sentence if it is neither. */
export function parseInstant(value: number | string): number | string {
  if (typeof value === 'number') {
    return String(Math.abs(value)).length >= 13 ? 'looks like milliseconds: give seconds' : value * 1000;
  }
  const match = RFC_3339.exec(value);
  if (!match) return 'must be integer epoch seconds or an RFC 3339 date and time with its offset';
  // Date.parse takes 30 February for 2 March.
  const lastDay = new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate();
  const real = Number(match[2]) >= 1 && Number(match[2]) <= 12 && Number(match[3]) >= 1 && Number(match[3]) <= lastDay;
  return real ? Date.parse(value.toUpperCase().replace(' ', 'T')) : 'is not a date of the calendar';
}

/** Why a time cannot be one of an event received at `received` (both in milliseconds); null if it can. */
export function refuseInstant(time: number, received: number): string | null {
  if (time < EARLIEST) return 'must not be before 2000-01-01';
  if (time > received + DAY) return 'must not be more than one day ahead';
  return null;
}
