import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';
import { isSigned, sharedSecret, valuesIn } from '../signature.js';
import { type Headers, headerOf } from '../webhook-source.js';
import { readRootly } from './rootly.reader.js';

export const rootly = {
  name: 'rootly',
  path: 'rootly/incidents',
  operation: 'receiveRootlyIncident',
  sender: 'Rootly',
  headers: [
    {
      name: 'X-Rootly-Signature',
      description: 'When it was signed, and the HMAC-SHA256 of that and the body with the secret',
      example: 't=1772442000,v1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
  ],
  example: { event: { id: '9839c4ca-5e7b-416d-ad95-d09ae0c8eead', type: 'incident.created' }, data: {} },
  signature: (config) => sharedSecret(['x-rootly-signature'], config.webhook_secrets.rootly, isAuthentic),
  identify: eventNamed('event', 'type'),
  read: ({ payload }) => readRootly(payload),
} satisfies BuiltInSource;

/** `t=<seconds>,v1=<hex>`, over the time and, right behind it, the body. */
function isAuthentic(raw: Buffer, headers: Headers, secrets: readonly string[]): boolean {
  const header = headerOf(headers, 'x-rootly-signature');
  const signatures = valuesIn(header, 'v1=');
  // A header that comes twice may have two.
  const times = [...new Set(valuesIn(header, 't='))].filter((time) => /^\d+$/.test(time));
  const right = times.filter((time) => isSigned([time, raw], signatures, secrets, { algorithm: 'sha256' }));
  return right.length > 0;
}
