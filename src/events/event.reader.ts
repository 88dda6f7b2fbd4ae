import { hash } from 'node:crypto';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { EventBody, NewEvent } from './event.js';
import { isHttpUrl } from './http-url.js';
import { eventSchema } from './event.schema.js';
import { parseInstant, refuseInstant } from './instant.js';

export interface FieldError {
  /** JSON pointer of the field (RFC 6901); empty for the event as a whole. */
  pointer: string;
  detail: string;
}

const MOST_ERRORS = 20;
/** The largest arrays of the contract: checked first, so that a huge one costs one error and not one an item. */
const MOST_ITEMS = [
  ['commits', 2048],
  ['parents', 100],
  ['reverts', 100],
] as const;
/** What the content of an event is made of, in the order in which it is hashed. The timestamp comes last. */
const CONTENT = Object.keys(eventSchema.properties).filter((name) => name !== 'id' && name !== 'timestamp');

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
  const timestamp = readInstant('timestamp', body.timestamp, received, errors);
  const landedAt = readInstant('landed_at', body.landed_at, received, errors);
  return errors.length > 0 ? { errors } : { event: normalise(body, timestamp, landedAt, received) };
}

function oversizedArrays(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, most] of MOST_ITEMS) {
    const items: unknown = (value as Record<string, unknown> | null | undefined)?.[name];
    if (!Array.isArray(items) || items.length <= most) continue;
    errors.push({ pointer: `/${name}`, detail: `must NOT have more than ${most} items` });
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

/** A time; or null, with the reason among the errors. What is neither number nor string is the schema's to refuse. */
function readInstant(name: string, value: unknown, received: Date, errors: FieldError[]): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const time = parseInstant(value);
  const refusal = typeof time === 'string' ? time : refuseInstant(time, received.getTime());
  if (refusal === null) return new Date(time).toISOString();
  const pointer = `/${name}`;
  if (!errors.some((error) => error.pointer === pointer)) errors.push({ pointer, detail: refusal });
  return null;
}

/** Each field by its name: objects of one form are made, hashed and written several times as fast as copies. */
function normalise(body: EventBody, timestamp: string | null, landedAt: string | null, received: Date): NewEvent {
  const receivedAt = received.toISOString();
  const event: { [Field in keyof Required<NewEvent>]: NewEvent[Field] } = {
    id: '',
    type: body.type,
    pipeline_id: body.pipeline_id,
    status: body.status ?? 'success',
    environment: body.environment,
    commit_id: body.commit_id,
    pull_request_id: body.pull_request_id,
    review_id: body.review_id,
    incident_id: body.incident_id,
    deployment_id: body.deployment_id,
    commits: body.commits,
    parents: body.parents,
    landed_at: landedAt,
    landed_head: body.landed_head,
    reverts: body.reverts,
    outside: body.outside,
    rollback: body.rollback,
    rework: body.rework,
    author: body.author,
    url: body.url,
    occurred_at: timestamp ?? receivedAt,
    time_inferred: timestamp === null,
    received_at: receivedAt,
    content_hash: '',
  };
  event.content_hash = contentHash(event, timestamp);
  event.id = body.id ?? event.content_hash;
  return event;
}

/** 132 bits of SHA-256 over all told fields but the id, in a fixed order, absent ones left out. */
function contentHash(event: Record<string, unknown>, timestamp: string | null): string {
  const content: unknown[] = [];
  for (const name of CONTENT) {
    const value = event[name];
    if (value !== null && value !== undefined) content.push([name, value]);
  }
  if (timestamp !== null) content.push(['timestamp', timestamp]);
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
}
