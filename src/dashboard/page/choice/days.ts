import type { Range } from './choice.js';

const DAY = 86_400_000;

/** A calendar day, YYYY-MM-DD, that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The calendar day that it is in a time zone. */
export function dayIn(time_zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: time_zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The range as the API takes it: days, whose midnights are those of the time zone; without an end: now. */
export function boundsOf(range: Range, time_zone: string, now: Date): { from: string; to?: string } {
  if ('from' in range) return range;
  return { from: addDays(dayIn(time_zone, now), 1 - range.days) };
}

/** How many days a range has. */
function lengthOf(range: Range): number {
  return 'days' in range ? range.days : (Date.parse(range.to) - Date.parse(range.from)) / DAY;
}

/** The cut of a range that makes a trend one can read. */
export function suitedBucket(range: Range): string {
  const days = lengthOf(range);
  if (days <= 45) return 'day';
  return days <= 400 ? 'week' : 'month';
}
