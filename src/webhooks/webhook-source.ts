import type { Telling } from '../events/telling.js';
import type { Scope } from '../scope/scope.js';
import type { Payload } from './payload.js';

/** The headers of a request: Node gives names in lower case, and a list where a header came several times. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** One webhook request, its sender proven and its body parsed: what a source reads. */
export interface Delivery {
  event_name: string;
  payload: Payload;
  /** Those that are kept. */
  headers: Headers;
}

/**
 * What a delivery means: events to record, or the name of the reason why there are none. Both, where it tells several
 * things and some of them are of no use.
 */
export type Reading = { events: Telling[]; ignored?: string | undefined } | { ignored: string };

/** What a delivery is known by. */
export interface Identity {
  /** The provider's own, the same when it is sent again; without one, the same body is the same delivery. */
  delivery_id?: string | undefined;
  event_name: string;
}

/** How a provider proves that it is the sender: by a secret that it shares with us. */
export interface Signature {
  /** A source without a secret is off, not open. */
  readonly enabled: boolean;
  /** What can be said before the body is there: false if it would not be looked at. */
  mayBeAuthentic(headers: Headers): boolean;
  isAuthentic(raw: Buffer, headers: Headers): boolean;
}

/** A kind of sender. All of it but `read` is about who sends; `read` is about what was sent. */
export interface WebhookSource {
  /** As it is stored with each delivery, and counted. */
  readonly name: string;
  /** Null: its senders cannot sign, and send an API key instead. */
  readonly signature: Signature | null;
  /** The headers that are kept with a delivery, in lower case; never a signature or a token. */
  readonly kept_headers: readonly string[];
  /** Why it can read nothing at all until that is mended; absent: it can. */
  readonly fault?: string;
  /**
   * From the headers, or from a body that may be anything: `softPayload` reads that.
   * @throws Problem 400 if a header is missing that every delivery must have
   */
  identify(headers: Headers, raw: Buffer): Identity;
  /** Pure: no database, no clock. Throws MalformedPayload where the payload lacks what its event must have. */
  read(delivery: Delivery, scope: Scope): Reading;
}

/** A header that may come once only; one that came several times is nobody's. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** All the sources there are. */
export const WEBHOOK_SOURCES = Symbol('webhook sources');
