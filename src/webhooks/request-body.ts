import { parseJson, parseJsonInTurns } from '../http/json.js';
import { Problem } from '../http/problem.js';
import { MalformedPayload, Payload } from './payload.js';

/** What has been parsed beforehand, as long as somebody has the bytes. */
const parsed = new WeakMap<Buffer, { value: unknown } | { fault: Problem }>();

/** Parses a body while others have their turn: once for all that then read it. */
export async function parseAhead(raw: Buffer, content_type: string | undefined): Promise<void> {
  if (isForm(content_type)) return;
  try {
    parsed.set(raw, { value: await parseJsonInTurns(raw) });
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    parsed.set(raw, { fault: cause });
  }
}

/** The payload of a webhook: JSON, or a form with the JSON in its field `payload`, as GitHub can send it too. */
export function parsePayload(raw: Buffer, content_type: string | undefined): Payload {
  const value = jsonOf(isForm(content_type) ? formField(raw, 'payload') : raw);
  const isBatch = /^application\/cloudevents-batch\+json\b/i.test(content_type ?? '');
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== isBatch) {
    throw new MalformedPayload('', isBatch ? 'must be a JSON array' : 'must be a JSON object');
  }
  return new Payload(value);
}

/** For what identifies a delivery from within: of a body that is no payload, one with nothing in it. */
export function softPayload(raw: Buffer, content_type: string | undefined): Payload {
  try {
    return parsePayload(raw, content_type);
  } catch (cause) {
    if (cause instanceof MalformedPayload) return new Payload({});
    throw cause;
  }
}

function isForm(content_type = ''): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(content_type);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    const ahead = parsed.get(bytes);
    if (ahead === undefined) return parseJson(bytes);
    if ('fault' in ahead) throw ahead.fault;
    return ahead.value;
  } catch (cause) {
    throw cause instanceof Problem ? new MalformedPayload('', cause.detail) : cause;
  }
}

function formField(form: Buffer, name: string): Buffer {
  const value = new URLSearchParams(form.toString('utf8')).get(name);
  if (value === null) throw new MalformedPayload(`/${name}`, 'is required in a form');
  return Buffer.from(value);
}
