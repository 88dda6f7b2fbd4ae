import { createHash } from 'node:crypto';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { EventBody, NewEvent } from './event.js';
import { eventSchema } from './event.schema.js';
import { parseInstant, refuseInstant } from './instant.js';

export interface FieldError {
  /** JSON pointer of the field (RFC 6901); empty for the event as a whole. */
  pointer: string;
  detail: string;
}

const MOST_ERRORS = 20;
/** The largest arrays of the contract: checked first, so that a huge one costs one error and not one an item. */
const MOST_ITEMS = { commits: 2048, parents: 100 } as const;

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
  error: { message: 'must be an http or https URL' },
});
// Times are read, and refused with their own reason, below.
ajv.addKeyword({ keyword: 'x-instant' });
const validate = ajv.compile<EventBody>(eventSchema);

/** Postgres text holds no NUL, and UTF-8 no lone surrogate. */
function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

function isHttpUrl(value: string): boolean {
  return isText(value) && /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** Reads an event from what a sender sent: complete and normalised, or every reason why not. `received` is the time of receipt. */
export function readEvent(value: unknown, received: Date): { event: NewEvent } | { errors: FieldError[] } {
  const oversized = oversizedArrays(value);
  if (oversized.length > 0) return { errors: oversized };
  const errors = validate(value) ? [] : fieldErrors(validate.errors ?? []);
  const body = (typeof value === 'object' && value !== null ? value : {}) as EventBody;
  const timestamp = readInstant('timestamp', body.timestamp, received);
  const landed = readInstant('landed_at', body.landed_at, received);
  const named = new Set(errors.map(({ pointer }) => pointer));
  errors.push(...[...timestamp.errors, ...landed.errors].filter(({ pointer }) => !named.has(pointer)));
  return errors.length > 0 ? { errors } : { event: normalise(body, timestamp.time, landed.time, received) };
}

function oversizedArrays(value: unknown): FieldError[] {
  return Object.entries(MOST_ITEMS).flatMap(([name, most]) => {
    const items: unknown = (value as Record<string, unknown> | null | undefined)?.[name];
    return Array.isArray(items) && items.length > most
      ? [{ pointer: `/${name}`, detail: `must NOT have more than ${most} items` }]
      : [];
  });
}

function fieldErrors(errors: ErrorObject[]): FieldError[] {
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

/** A time, or why it cannot be one; what is neither number nor string is the schema's to refuse. */
function readInstant(name: string, value: unknown, received: Date): { time: string | null; errors: FieldError[] } {
  if (typeof value !== 'number' && typeof value !== 'string') return { time: null, errors: [] };
  const time = parseInstant(value);
  const refusal = typeof time === 'string' ? time : refuseInstant(time, received.getTime());
  if (refusal !== null) return { time: null, errors: [{ pointer: `/${name}`, detail: refusal }] };
  return { time: new Date(time).toISOString(), errors: [] };
}

function normalise(body: EventBody, timestamp: string | null, landedAt: string | null, received: Date): NewEvent {
  const told = { ...body, status: body.status ?? 'success', landed_at: landedAt, timestamp };
  const hash = contentHash(told);
  const { timestamp: _, ...rest } = told;
  return {
    ...rest,
    id: body.id ?? hash,
    occurred_at: timestamp ?? received.toISOString(),
    time_inferred: timestamp === null,
    received_at: received.toISOString(),
    content_hash: hash,
  };
}

/** 132 bits of SHA-256 over all told fields but the id, in a fixed order, absent ones left out. */
function contentHash(told: Record<string, unknown>): string {
  const content = Object.keys(eventSchema.properties)
    .filter((name) => name !== 'id' && told[name] !== null && told[name] !== undefined)
    .map((name) => [name, told[name]]);
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}
