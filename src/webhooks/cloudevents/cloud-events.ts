import { HTTP } from 'cloudevents';
import { parseJson } from '../../http/json.js';
import { Problem } from '../../http/problem.js';
import { nameFrom } from '../identity.js';
import { MalformedPayload, type Payload } from '../payload.js';
import { softPayload } from '../request-body.js';
import { type Delivery, type Headers, headerOf, type Identity } from '../webhook-source.js';

/** What a CloudEvent carries. Its time is not among it: the library gives one that is absent or no time the present. */
export interface CloudEventContent {
  type: string;
  data: Payload;
}

/** In binary mode the event is in these; what it carries is the body. */
export const CLOUD_EVENT_HEADERS = ['ce-specversion', 'ce-id', 'ce-source', 'ce-type'];
export const CLOUD_EVENT_TYPES = ['application/cloudevents+json', 'application/cloudevents-batch+json'];

const STRUCTURED = /^application\/cloudevents\+json\b/i;
const BATCH = /^application\/cloudevents-batch\+json\b/i;

/** The CloudEvents of a request, in whatever mode it was sent; none: it is no CloudEvent. */
export function cloudEventsIn({ payload, headers }: Pick<Delivery, 'payload' | 'headers'>): CloudEventContent[] {
  const content_type = headerOf(headers, 'content-type') ?? '';
  // One by one: the library refuses a batch as a whole for a fault of one of its events.
  if (BATCH.test(content_type)) return payload.list().map(readStructured);
  if (STRUCTURED.test(content_type)) return [agreeing(readStructured(payload), headers)];
  if (headerOf(headers, 'ce-id') === undefined) return [];
  return [{ type: typeOf(toEvent(payload, headers).type), data: payload }];
}

/** By the header a sender is known, and by the body it is read: they must not say different things. */
function agreeing(event: CloudEventContent, headers: Headers): CloudEventContent {
  const type = headerOf(headers, 'ce-type');
  return type === undefined ? event : sameType(event, event.type, type, '/type');
}

/** @throws MalformedPayload if two places name the type of one event, and not the same */
export function sameType<T>(event: T, inside: string, outside: string, pointer: string): T {
  if (inside.toLowerCase() === outside.toLowerCase()) return event;
  throw new MalformedPayload(pointer, 'must be the type that the CloudEvent has');
}

function readStructured(event: Payload): CloudEventContent {
  // The library knows its content type without parameters, or with one of them in one spelling.
  const { type, data, data_base64 } = toEvent(event, { 'content-type': 'application/cloudevents+json' });
  return {
    type: typeOf(type),
    data: data_base64 ? event.unpacked('data_base64', jsonIn(data_base64)) : event.unpacked('data', data),
  };
}

function toEvent(body: Payload, headers: Headers) {
  try {
    const event = HTTP.toEvent({ headers, body: body.json() });
    return Array.isArray(event) ? refuse() : event;
  } catch (cause) {
    // What the library throws at a wrong event, its ValidationError included.
    throw cause instanceof TypeError ? refuse() : cause;
  }
}

function refuse(): never {
  throw new MalformedPayload('', 'must be a CloudEvent');
}

function typeOf(type: unknown): string {
  if (typeof type === 'string' && type !== '') return type;
  throw new MalformedPayload('', 'must be a CloudEvent with a type');
}

function jsonIn(base64: string): unknown {
  try {
    return parseJson(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw cause instanceof Problem ? new MalformedPayload('/data_base64', cause.detail) : cause;
  }
}

/** An event is known by its source and its id, wherever it has them. A batch has neither: the same body is the same. */
export function identifyCloudEvent(headers: Headers, raw: Buffer): Identity {
  const body = softPayload(raw, headerOf(headers, 'content-type'));
  const told = (name: 'id' | 'source' | 'type'): string | undefined =>
    headerOf(headers, `ce-${name}`) ?? body.at(name).optionalText() ?? body.at('context', name).optionalText();
  const [source, id] = [told('source'), told('id')];
  return {
    delivery_id: source === undefined || id === undefined ? undefined : nameFrom(`${source} ${id}`),
    event_name: nameFrom(told('type')) ?? (BATCH.test(headerOf(headers, 'content-type') ?? '') ? 'batch' : 'unknown'),
  };
}
