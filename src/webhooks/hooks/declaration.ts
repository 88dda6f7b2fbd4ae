import type { EventBody, EventType } from '../../events/event.js';

/** A value that a payload may hold, or a declaration give. */
export type Scalar = string | number | boolean;

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Where a value is found: exactly one of them is given. */
export interface From {
  /** A JSONPath: from `$` the payload, from `@` the item of `each`. */
  path?: string;
  header?: string;
  /** Text with paths in braces: `{$.project}-{$.run}`. */
  template?: string;
}

export const TIME_FORMATS = ['rfc3339', 'iso8601', 'epoch_s', 'epoch_ms'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** A field that the payload gives. */
export interface Taken extends From {
  map?: Record<string, Scalar>;
  /** If nothing is found, or something that `map` does not name. */
  default?: Scalar;
  format?: TimeFormat;
  /** Where the clock of a time without an offset stands, by its IANA name. */
  zone?: string;
}

/** What must be found: one of `in`, none of `not_in`, anything at all if neither is given. */
export interface Wanted extends From {
  in?: Scalar[];
  not_in?: Scalar[];
}

export type FieldName = Exclude<keyof EventBody, 'type'>;

/** An event that a delivery tells: each field a constant, or taken from the payload. */
export type EventTemplate = { type: EventType; when?: Wanted[] } & { [Name in FieldName]?: Scalar | Taken };

export interface SignatureDeclaration {
  kind: 'hmac' | 'token';
  header: string;
  prefix?: string;
  algorithm?: 'sha256' | 'sha1';
  encoding?: 'hex' | 'base64';
  /** What is signed, if it is more than the body: text with `{time}` and `{body}` in it. */
  signed?: string;
  time?: SignedTime;
}

/** Where a sender says when it signed. */
export interface SignedTime {
  header: string;
  prefix?: string;
  format?: TimeFormat;
  /** How old it may be, and how far ahead; absent: it does not matter. */
  tolerance_s?: number;
}

/** What an admin says about a sender: who it is, and what its deliveries mean. doc/sources/hooks.md explains it. */
export interface HookDeclaration {
  description?: string;
  /** Absent: the sender shows an API key. */
  signature?: SignatureDeclaration;
  delivery_id?: From;
  when?: Wanted[];
  /** What there is one round of events for. */
  each?: string;
  events: EventTemplate[];
}
