import { createHash } from 'node:crypto';
import { Problem } from '../http/problem.js';
import { softPayload } from './request-body.js';
import { type Headers, headerOf, type WebhookSource } from './webhook-source.js';

const LONGEST_NAME = 200;

/** A header that names a delivery or its event. @throws Problem 400 if it is missing or too long */
export function requiredHeader(headers: Headers, name: string): string {
  const value = headerOf(headers, name) ?? '';
  if (value === '' || value.length > LONGEST_NAME) {
    throw new Problem(400, `The header ${name} is required, with at most ${LONGEST_NAME} characters`);
  }
  return value;
}

/** A name from a body, if it can be one: what is too long or none identifies nothing. */
export function nameFrom(value: string | undefined): string | undefined {
  return value === undefined || value.length > LONGEST_NAME || value.includes('\0') ? undefined : value;
}

/** What a payload calls its event, at that place. */
export function eventNameIn(raw: Buffer, headers: Headers, ...path: string[]): string {
  const payload = softPayload(raw, headerOf(headers, 'content-type'));
  return nameFrom(payload.at(...path).optionalText()) ?? 'unknown';
}

/** Identifies deliveries whose provider gives them no id: by what the payload calls its event, at that place. */
export function eventNamed(...path: string[]): WebhookSource['identify'] {
  return (headers, raw) => ({ event_name: eventNameIn(raw, headers, ...path) });
}

/** Of a delivery that its provider gives no id: the same body is the same delivery. */
export function digestOf(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('base64url');
}
