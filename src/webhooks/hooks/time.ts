import { parseInstant } from '../../events/instant.js';
import { parseRfc3339 } from '../../http/rfc3339.js';
import type { TimeFormat } from './declaration.js';
import { shown } from './finding.js';

/** How a time is written: its format, and where the clock stood that it was read from if it does not say so itself. */
export interface TimeStyle {
  format?: TimeFormat | undefined;
  /** A name of the IANA's, as Europe/Berlin. */
  zone?: string | undefined;
}

type ReadTime = { value: string } | { fault: string };

/** A time of a payload as an event takes it; or a sentence on why it cannot be. */
export function readTime(value: unknown, { format = 'rfc3339', zone }: TimeStyle): ReadTime {
  if (format === 'rfc3339') return rfc3339(value);
  if (format === 'iso8601') return iso8601(value, zone);
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number')
    return { fault: `is ${shown(value)}, and must be a number, as the format ${format} says` };
  return epoch(number, format);
}

function rfc3339(value: unknown): ReadTime {
  if (typeof value !== 'string')
    return { fault: `is ${shown(value)}: say by format whether it is epoch_s or epoch_ms` };
  if (typeof parseInstant(value) === 'number') return { value };
  const wanted = 'must be an RFC 3339 date and time with its offset, as 2026-03-02T10:30:00Z';
  return { fault: `is ${shown(value)}, and ${wanted}${otherwiseRead(value)}` };
}

/** So many seconds are in the year 5138, so many milliseconds in 1973: nothing that is told is ever near to it. */
const BETWEEN = 1e11;
const LAST_MS = Date.UTC(9999, 11, 31);

function epoch(number: number, format: 'epoch_s' | 'epoch_ms'): ReadTime {
  if (format === 'epoch_s' && number >= BETWEEN)
    return { fault: `is ${number}: milliseconds, it seems; declare epoch_ms` };
  if (format === 'epoch_ms' && number < BETWEEN) return { fault: `is ${number}: seconds, it seems; declare epoch_s` };
  const ms = format === 'epoch_s' ? number * 1000 : number;
  return Math.abs(ms) <= LAST_MS ? { value: new Date(ms).toISOString() } : { fault: `is ${number}, and no time` };
}

/** What is to be declared of a time that is none of RFC 3339, if there is something. */
function otherwiseRead(value: string): string {
  if ('value' in iso8601(value, undefined)) return '; or declare iso8601';
  return 'value' in iso8601(value, 'UTC') ? '; or declare iso8601, and its zone' : '';
}

/** What RFC 3339 does not let pass: an offset without its colon or its minutes, no seconds, no offset. */
const ISO_8601 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(?:[.,](\d+))? ?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;

function iso8601(value: unknown, zone: string | undefined): ReadTime {
  const match = typeof value === 'string' ? ISO_8601.exec(value) : null;
  const [, date = '', minutes = '', seconds = ':00', fraction = '0', offset] = match ?? [];
  const local = `${date}T${minutes}${seconds}.${fraction}`;
  // A time of day that no clock shows is null here, a day that no calendar has is not a number.
  const time = match === null ? null : parseRfc3339(local + (offset === undefined ? 'Z' : withColon(offset)));
  if (time === null || Number.isNaN(time))
    return { fault: `is ${shown(value)}, and must be a date and time, as 2026-03-02T10:30:00.000+0000` };
  if (offset !== undefined) return { value: new Date(time).toISOString() };
  if (zone === undefined) return { fault: `is ${shown(value)}, without an offset: declare the zone that it is in` };
  return { value: new Date(inZone(time, zone)).toISOString() };
}

function withColon(offset: string): string {
  const [, hours = 'Z', minutes = '00'] = /^([+-]\d\d):?(\d\d)?$/.exec(offset) ?? [];
  return hours === 'Z' ? 'Z' : `${hours}:${minutes}`;
}

/**
 * When the clocks of a zone showed what they show at `wall` in UTC. What they show twice, as summer time ends, is the first
 * of both; what they leave out, as it begins, is so much later.
 */
function inZone(wall: number, zone: string): number {
  const [before, after] = [-DAY, DAY].map((way) => wall - offsetOf(zone, wall + way)) as [number, number];
  const isShown = (time: number) => time + offsetOf(zone, time) === wall;
  return !isShown(before) && isShown(after) ? after : before;
}

const DAY = 86_400_000;
/** By zone: to make one takes longer than all the rest. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetOf(zone: string, time: number): number {
  const formatter = formatters.get(zone) ?? formatterOf(zone);
  formatters.set(zone, formatter);
  const name = formatter.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
}

/** Whether there is such a zone; its case does not matter. */
export function isZone(zone: string): boolean {
  try {
    return formatterOf(zone) !== undefined;
  } catch (cause) {
    if (cause instanceof RangeError) return false;
    throw cause;
  }
}
