import type { EventBody } from '../../events/event.js';
import type { FieldKind } from '../../events/event.fields.js';
import type { FieldName } from './declaration.js';
import { namesIn, shown } from './finding.js';
import { readTime, type TimeStyle } from './time.js';

type Converted = { value: EventBody[FieldName] } | { fault: string };

/** A value of a payload as a field takes it; or a sentence on why it cannot be. */
export function convert(value: unknown, kind: FieldKind, style: TimeStyle): Converted {
  if (Array.isArray(value)) return { fault: 'is a list: the path must go on to what is in it, as by [0] or [*]' };
  if (typeof value === 'object' && value !== null) {
    return { fault: `is an object: the path must go on to one of ${namesIn(value) || 'its values, but it has none'}` };
  }
  if (kind !== 'time' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { fault: 'is a number too large to be read exactly: it has to be sent as text' };
  }
  return CONVERT[kind](value, style);
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

const CONVERT: Readonly<Record<FieldKind, (value: unknown, style: TimeStyle) => Converted>> = {
  text,
  list: text,
  integer,
  flag,
  time: readTime,
};
