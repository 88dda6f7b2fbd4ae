import type { EventBody } from '../events/event.js';
import type { Payload } from './payload.js';

/** The headers of a request: Node gives names in lower case, and a list where a header came several times. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** One webhook request, its signature checked and its body parsed: what a source reads. */
export interface Delivery {
  event_name: string;
  payload: Payload;
}

/** What a delivery means: events to record, or the name of the reason why there are none. */
export type Reading = { events: EventBody[] } | { ignored: string };

/** A kind of sender. All of it but `read` is about who sends; `read` is about what was sent. */
export interface WebhookSource {
  /** As it is stored with each delivery, and counted. */
  readonly name: string;
  /** A source without a secret is off, not open. */
  readonly enabled: boolean;
  /** The headers that are kept with a delivery, in lower case; never a signature or a token. */
  readonly kept_headers: readonly string[];
  /** Of the header that names a delivery, the same when it is sent again; and of the one that names its event. */
  readonly id_header: string;
  readonly event_header: string;
  isAuthentic(raw: Buffer, headers: Headers): boolean;
  /** Pure: no database, no clock. Throws MalformedPayload where the payload lacks what its event must have. */
  read(delivery: Delivery): Reading;
}

/** A header that may come once only; one that came several times is nobody's. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** All the sources there are. */
export const WEBHOOK_SOURCES = Symbol('webhook sources');
