import type { FieldError } from '../../events/event.reader.js';
import type { Identity, Signature, WebhookSource } from '../webhook-source.js';
import { EVENT_NAME, HOOKS } from './hook.source.js';
import type { Hook } from './hook.entity.js';
import { HookSignature } from './hook-signature.js';

/**
 * A hook whose saved declaration this version cannot read. Its deliveries are kept and fail, to be replayed once it is
 * declared anew; which of their headers it would read is not known.
 */
export class StaleHook implements WebhookSource {
  readonly name: string;
  readonly kept_headers = ['content-type', 'user-agent'];
  readonly signature: Signature | null;
  readonly fault: string;

  constructor({ name, declaration: { signature }, secrets }: Hook, errors: readonly FieldError[]) {
    this.name = HOOKS + name;
    const words = errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim());
    this.fault = `The hook ${name} has to be declared anew: ${words.join('; ')}`;
    const is_known = errors.every(({ pointer }) => !pointer.startsWith('/signature'));
    this.signature = signature ? (is_known ? new HookSignature(signature, secrets) : NOBODYS) : null;
  }

  identify(): Identity {
    return { event_name: EVENT_NAME };
  }

  read(): never {
    throw new Error(this.fault);
  }
}

/** How its senders would sign is not known either: nobody is let in. */
const NOBODYS: Signature = { enabled: false, mayBeAuthentic: () => false, isAuthentic: () => false };
