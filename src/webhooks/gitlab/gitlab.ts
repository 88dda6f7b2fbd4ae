import { webhookController } from '../webhook-controller.js';
import { GitlabSource } from './gitlab.source.js';

const controller = webhookController(GitlabSource, {
  path: 'gitlab/events',
  operation: 'receiveGitlabEvent',
  sender: 'GitLab',
  proof: 'signature',
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
  example: { object_kind: 'push', ref: 'refs/heads/main' },
});

export const gitlab = { source: GitlabSource, controller };
