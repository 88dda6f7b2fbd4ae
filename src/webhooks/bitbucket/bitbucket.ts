import type { BuiltInSource } from '../built-in-source.js';
import { nameFrom, requiredHeader } from '../identity.js';
import { hmacOfBody, sharedSecret } from '../signature.js';
import { headerOf } from '../webhook-source.js';
import { readBitbucket } from './bitbucket.reader.js';

/** Cloud and Data Center: they share a name, a signature and little else. No event of one has the key of one of the other. */
export const bitbucket = {
  name: 'bitbucket',
  path: 'bitbucket/events',
  operation: 'receiveBitbucketEvent',
  sender: 'Bitbucket, Cloud or Data Center',
  headers: [
    {
      name: 'X-Hub-Signature',
      description: 'HMAC-SHA256 of the body with the secret',
      example: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    { name: 'X-Event-Key', description: 'Name of the event', example: 'repo:push' },
    {
      name: 'X-Request-UUID',
      required: false,
      description: 'Id of the delivery, of Cloud',
      example: 'f9a2c1d4-5e36-4b7a-8c90-1d2e3f4a5b6c',
    },
    {
      name: 'X-Request-Id',
      required: false,
      description: 'Id of the delivery, of Data Center',
      example: 'f9a2c1d4-5e36-4b7a-8c90-1d2e3f4a5b6c',
    },
  ],
  kept_headers: ['x-event-key', 'x-event-time', 'x-hook-uuid', 'x-request-uuid', 'x-request-id'],
  example: { repository: { full_name: 'acme/shop' }, push: { changes: [] } },
  signature: (config) =>
    sharedSecret(['x-hub-signature'], config.webhook_secrets.bitbucket, hmacOfBody('x-hub-signature', 'sha256=')),
  identify: (headers) => ({
    delivery_id: nameFrom(headerOf(headers, 'x-request-uuid')) ?? nameFrom(headerOf(headers, 'x-request-id')),
    event_name: requiredHeader(headers, 'x-event-key'),
  }),
  read: readBitbucket,
} satisfies BuiltInSource;
