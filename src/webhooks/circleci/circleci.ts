import type { BuiltInSource } from '../built-in-source.js';
import { eventNameIn, nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import { hmacOfBody, sharedSecret } from '../signature.js';
import { headerOf } from '../webhook-source.js';
import { readCircleci } from './circleci.reader.js';

export const circleci = {
  name: 'circleci',
  path: 'circleci/events',
  operation: 'receiveCircleciEvent',
  sender: 'CircleCI',
  headers: [
    {
      name: 'Circleci-Signature',
      description: 'HMAC-SHA256 of the body with the secret, by version',
      example: 'v1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
  ],
  kept_headers: ['circleci-event-type'],
  example: {
    id: '3f6c3a52-5b5f-4d0e-9e57-6c2a3f1d7a10',
    type: 'workflow-completed',
    happened_at: '2026-03-02T12:00:01Z',
    project: { name: 'shop', slug: 'gh/acme/shop' },
    workflow: {
      id: '9a1b7c60-0d5e-4a8f-8a3e-2f7b6c5d4e3f',
      name: 'deploy',
      status: 'success',
      created_at: '2026-03-02T11:55:00Z',
      stopped_at: '2026-03-02T12:00:00Z',
    },
    pipeline: { vcs: { revision: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8', branch: 'main' } },
  },
  /** A list of signatures, each of a version; there is one version so far. */
  signature: (config) =>
    sharedSecret(['circleci-signature'], config.webhook_secrets.circleci, hmacOfBody('circleci-signature', 'v1=')),
  identify: (headers, raw) => ({
    delivery_id: nameFrom(softPayload(raw, headerOf(headers, 'content-type')).at('id').optionalText()),
    event_name: eventNameIn(raw, headers, 'type'),
  }),
  read: ({ payload }, scope) => readCircleci(payload, scope),
} satisfies BuiltInSource;
