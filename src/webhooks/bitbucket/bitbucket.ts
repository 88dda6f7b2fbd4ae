import { webhookController } from '../webhook-controller.js';
import { BitbucketSource } from './bitbucket.source.js';

const controller = webhookController(BitbucketSource, {
  path: 'bitbucket/events',
  operation: 'receiveBitbucketEvent',
  sender: 'Bitbucket, Cloud or Data Center',
  proof: 'signature',
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
  example: { repository: { full_name: 'acme/shop' }, push: { changes: [] } },
});

export const bitbucket = { source: BitbucketSource, controller };
