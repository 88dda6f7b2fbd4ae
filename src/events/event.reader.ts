import { hash } from 'node:crypto';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { EventBody, NewEvent } from './event.js';
import { isHttpUrl } from './http-url.js';
import { FIELDS } from './event.fields.js';
import { eventSchema } from './event.schema.js';
import { parseInstant, refuseInstant } from './instant.js';

export interface FieldError {
  /** JSON pointer of the field (RFC 6901); empty for the event as a whole. */
  pointer: string;
  detail: string;
}

const MOST_ERRORS = 20;
/** Checked first, so that a huge array costs one error and not one an item. */
const LISTS = FIELDS.flatMap(({ name, maxItems }) => (maxItems === undefined ? [] : { name, maxItems }));
/** Of several wrong times, when it happened is told of first: the last field. */
const TIMES = FIELDS.filter(({ kind }) => kind === 'time').toReversed();
/** What the content of an event is made of, in the order in which it is hashed. The timestamp comes last. */
const CONTENT = FIELDS.filter(({ name }) => name !== 'id' && name !== 'timestamp');

type Times = Partial<Record<string, string>>;

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
ajv.addKeyword({
  keyword: 'x-text',
  type: 'string',
  validate: (_: true, value: string) => isText(value),
  error: { message: 'must not contain NUL or lone surrogates' },
});
ajv.addKeyword({
  keyword: 'x-http-url',
  type: 'string',
  validate: (_: true, value: string) => isHttpUrl(value),
  error: { message: 'must be an http or https URL, without control characters and credentials' },
});
// Times are read, and refused with their own reason, below.
ajv.addKeyword({ keyword: 'x-instant' });
const validate = ajv.compile<EventBody>(eventSchema);

/** Postgres text holds no NUL, and UTF-8 no lone surrogate. */
function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

/** Reads an event from what a sender sent: complete and normalised, or every reason why not. `received` is the time of receipt. */
export function readEvent(value: unknown, received: Date): { event: NewEvent } | { errors: FieldError[] } {
  const oversized = oversizedArrays(value);
  if (oversized.length > 0) return { errors: oversized };
  const errors = validate(value) ? [] : fieldErrors(validate.errors ?? []);
  const body = (typeof value === 'object' && value !== null ? value : {}) as EventBody;
  const times: Times = {};
  for (const { name } of TIMES) times[name] = readInstant(name, body[name], received, errors);
  return errors.length > 0 ? { errors } : { event: normalise(body, times, received) };
}

function oversizedArrays(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  for (const { name, maxItems } of LISTS) {
    const items: unknown = (value as Record<string, unknown> | null | undefined)?.[name];
    if (!Array.isArray(items) || items.length <= maxItems) continue;
    errors.push({ pointer: `/${name}`, detail: `must NOT have more than ${maxItems} items` });
  }
  return errors;
}

export function fieldErrors(errors: ErrorObject[]): FieldError[] {
  const seen = new Map<string, FieldError>();
  for (const error of errors) {
    const read = fieldError(error);
    if (error.keyword !== 'if' && !seen.has(read.pointer)) seen.set(read.pointer, read);
  }
  return [...seen.values()].slice(0, MOST_ERRORS);
}

function fieldError(error: ErrorObject): FieldError {
  const params = error.params as {
    missingProperty?: string;
    additionalProperty?: string;
    allowedValues?: (string | null)[];
    type?: string | string[];
  };
  if (params.missingProperty !== undefined) {
    return { pointer: `${error.instancePath}/${params.missingProperty}`, detail: 'is required' };
  }
  if (params.additionalProperty !== undefined) {
    const name = params.additionalProperty.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
    return { pointer: `${error.instancePath}/${name}`, detail: 'unknown field' };
  }
  if (params.type !== undefined) return { pointer: error.instancePath, detail: `must be ${typeNames(params.type)}` };
  const allowed = params.allowedValues?.filter((item) => item !== null).join(', ');
  return {
    pointer: error.instancePath,
    detail: allowed === undefined ? (error.message ?? 'is invalid') : `must be one of ${allowed}`,
  };
}

/** Null stands for an absent field, and is no type to ask for. */
function typeNames(types: string | string[]): string {
  return [types]
    .flat()
    .filter((type) => type !== 'null')
    .map((type) => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`))
    .join(' or ');
}

/** A time; or nothing, with the reason among the errors. What is neither number nor string is the schema's to refuse. */
function readInstant(name: string, value: unknown, received: Date, errors: FieldError[]): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const time = parseInstant(value);
  const refusal = typeof time === 'string' ? time : refuseInstant(time, received.getTime());
  if (refusal === null) return new Date(time).toISOString();
  const pointer = `/${name}`;
  if (!errors.some((error) => error.pointer === pointer)) errors.push({ pointer, detail: refusal });
  return undefined;
}

/** Only what is told is copied: an event has few of all the fields, and each that it had would be written and parsed. */
function normalise(body: EventBody, times: Times, received: Date): NewEvent {
  const received_at = received.toISOString();
  const event: Record<string, unknown> = { id: '' };
  const content: [string, unknown][] = [];
  for (const { name, kind, default: otherwise } of CONTENT) {
    const value = (kind === 'time' ? times[name] : body[name]) ?? otherwise;
    if (value === undefined) continue;
    event[name] = value;
    content.push([name, value]);
  }
  event['occurred_at'] = times['timestamp'] ?? received_at;
  event['time_inferred'] = times['timestamp'] === undefined;
  event['received_at'] = received_at;
  if (times['timestamp'] !== undefined) content.push(['timestamp', times['timestamp']]);
  event['content_hash'] = hashOf(content);
  event['id'] = body.id ?? event['content_hash'];
  return event as unknown as NewEvent;
}

/** 132 bits of SHA-256 over all told fields but the id, in a fixed order, absent ones left out. */
function hashOf(content: readonly [string, unknown][]): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
}
