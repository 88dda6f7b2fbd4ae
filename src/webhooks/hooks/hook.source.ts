import { MalformedPayload } from '../payload.js';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import {
  type Delivery,
  type Headers,
  headerOf,
  type Identity,
  type Reading,
  type Signature,
  type WebhookSource,
} from '../webhook-source.js';
import type { Mapping, Told } from './mapping.js';

export const HOOKS = 'hooks/';

/** What is known of any delivery of a hook: which of its events it is, the payload says. */
export const EVENT_NAME = 'delivery';

/** A declared hook, as a source like any other. */
export class HookSource implements WebhookSource {
  readonly name: string;
  readonly kept_headers: readonly string[];

  constructor(
    hook_name: string,
    readonly mapping: Mapping,
    readonly signature: Signature | null,
  ) {
    this.name = HOOKS + hook_name;
    this.kept_headers = ['content-type', 'user-agent', ...mapping.headers];
  }

  identify(headers: Headers, raw: Buffer): Identity {
    const payload = softPayload(raw, headerOf(headers, 'content-type')).json();
    return { delivery_id: nameFrom(this.mapping.deliveryIdOf(payload, headers)), event_name: EVENT_NAME };
  }

  read({ payload, headers }: Delivery): Reading {
    const told = this.mapping.tell(payload.json(), headers);
    const [fault] = told.faults;
    if (fault) throw new MalformedPayload(fault.pointer, fault.detail);
    return readingOf(told);
  }
}

/** What was told; of what was not, the reason that there is something to do about. */
export function readingOf({ events, unmapped }: Told): Reading {
  const bodies = events.map(({ body }) => body);
  if (unmapped.length > 0) return { events: bodies, ignored: 'not_mapped' };
  return bodies.length > 0 ? { events: bodies } : { ignored: 'not_wanted' };
}
