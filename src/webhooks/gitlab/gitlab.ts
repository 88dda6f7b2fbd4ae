import type { BuiltInSource } from '../built-in-source.js';
import { nameFrom, requiredHeader } from '../identity.js';
import { sharedSecret } from '../signature.js';
import { isStandardWebhook } from '../standard-webhooks.js';
import { headerOf } from '../webhook-source.js';
import { readGitlab } from './gitlab.reader.js';

export const gitlab = {
  name: 'gitlab',
  path: 'gitlab/events',
  operation: 'receiveGitlabEvent',
  sender: 'GitLab',
  headers: [
    { name: 'X-Gitlab-Event', description: 'Name of the event', example: 'Push Hook' },
    {
      name: 'X-Gitlab-Token',
      required: false,
      description: 'The secret token; or the three headers of a signature instead',
      example: '5f1c9f0e6c7d4b7a',
    },
    {
      name: 'webhook-signature',
      required: false,
      description: 'HMAC-SHA256, in base64, of the id, the time and the body, by the signing token',
      example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    },
    { name: 'webhook-timestamp', required: false, description: 'When it was signed', example: '1772442000' },
    {
      name: 'webhook-id',
      required: false,
      description: 'Id of the delivery, the same when it is sent again',
      example: 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
    },
    {
      name: 'Idempotency-Key',
      required: false,
      description: 'The same, where nothing is signed',
      example: 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
    },
  ],
  kept_headers: [
    'x-gitlab-event',
    'x-gitlab-event-uuid',
    'x-gitlab-webhook-uuid',
    'x-gitlab-instance',
    'idempotency-key',
    'webhook-id',
    'webhook-timestamp',
  ],
  example: { object_kind: 'push', ref: 'refs/heads/main' },
  signature: (config) =>
    sharedSecret(['webhook-signature'], config.webhook_secrets.gitlab, isStandardWebhook, (headers) =>
      headerOf(headers, 'x-gitlab-token'),
    ),
  /**
   * By the id that is the same when it is sent again, signed where there is a signature. Before GitLab 17.4 there is none:
   * `X-Gitlab-Event-UUID` is no id, for all that one action sets off have the same.
   */
  identify: (headers) => ({
    delivery_id: nameFrom(headerOf(headers, 'webhook-id')) ?? nameFrom(headerOf(headers, 'idempotency-key')),
    event_name: requiredHeader(headers, 'x-gitlab-event'),
  }),
  read: ({ payload }, scope) => readGitlab(payload, scope),
} satisfies BuiltInSource;
