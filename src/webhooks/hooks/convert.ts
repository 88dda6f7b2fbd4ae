import type { EventBody } from '../../events/event.js';
import { parseInstant } from '../../events/instant.js';
import type { FieldName, TimeFormat } from './declaration.js';
import { namesIn, shown } from './finding.js';

export type Kind = 'text' | 'list' | 'integer' | 'flag' | 'time';

/** What each field of an event takes. */
export const KINDS: Readonly<Record<FieldName, Kind>> = {
  id: 'text',
  pipeline_id: 'text',
  status: 'text',
  environment: 'text',
  commit_id: 'text',
  pull_request_id: 'integer',
  review_id: 'text',
  incident_id: 'text',
  deployment_id: 'text',
  commits: 'list',
  parents: 'list',
  landed_at: 'time',
  landed_head: 'text',
  reverts: 'list',
  outside: 'flag',
  rollback: 'flag',
  rework: 'flag',
  author: 'text',
  url: 'text',
  timestamp: 'time',
};

type Converted = { value: EventBody[FieldName] } | { fault: string };

/** A value of a payload as a field takes it; or a sentence on why it cannot be. */
export function convert(value: unknown, kind: Kind, format: TimeFormat): Converted {
  if (Array.isArray(value)) return { fault: 'is a list: the path must go on to what is in it, as by [0] or [*]' };
  if (typeof value === 'object' && value !== null) {
    return { fault: `is an object: the path must go on to one of ${namesIn(value) || 'its values, but it has none'}` };
  }
  if (kind !== 'time' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { fault: 'is a number too large to be read exactly: it has to be sent as text' };
  }
  return CONVERT[kind](value, format);
}

function text(value: unknown): Converted {
  if (typeof value === 'string' || typeof value === 'number') return { value: String(value) };
  return { fault: `is ${shown(value)}, and must be text: say by map what it means` };
}

function integer(value: unknown): Converted {
  if (Number.isSafeInteger(value)) return { value: value as number };
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return { value: Number(value) };
  return { fault: `is ${shown(value)}, and must be an integer` };
}

function flag(value: unknown): Converted {
  if (typeof value === 'boolean') return { value };
  return { fault: `is ${shown(value)}, and must be true or false: say by map what it means` };
}

function time(value: unknown, format: TimeFormat): Converted {
  if (format === 'rfc3339') return rfc3339(value);
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number')
    return { fault: `is ${shown(value)}, and must be a number, as the format ${format} says` };
  return epoch(number, format);
}

function rfc3339(value: unknown): Converted {
  if (typeof value !== 'string')
    return { fault: `is ${shown(value)}: say by format whether it is epoch_s or epoch_ms` };
  if (typeof parseInstant(value) === 'number') return { value };
  return {
    fault: `is ${shown(value)}, and must be an RFC 3339 date and time with its offset, as 2026-03-02T10:30:00Z`,
  };
}

/** So many seconds are in the year 5138, so many milliseconds in 1973: nothing that is told is ever near to it. */
const BETWEEN = 1e11;
const LAST_MS = Date.UTC(9999, 11, 31);

function epoch(number: number, format: 'epoch_s' | 'epoch_ms'): Converted {
  if (format === 'epoch_s' && number >= BETWEEN)
    return { fault: `is ${number}: milliseconds, it seems; declare epoch_ms` };
  if (format === 'epoch_ms' && number < BETWEEN) return { fault: `is ${number}: seconds, it seems; declare epoch_s` };
  const ms = format === 'epoch_s' ? number * 1000 : number;
  return Math.abs(ms) <= LAST_MS ? { value: new Date(ms).toISOString() } : { fault: `is ${number}, and no time` };
}

const CONVERT: Readonly<Record<Kind, (value: unknown, format: TimeFormat) => Converted>> = {
  text,
  list: text,
  integer,
  flag,
  time,
};
