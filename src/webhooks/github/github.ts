import { webhookController } from '../webhook-controller.js';
import { GithubSource } from './github.source.js';

const controller = webhookController(GithubSource, {
  path: 'github/events',
  operation: 'receiveGithubEvent',
  sender: 'GitHub',
  proof: 'signature',
  headers: [
    {
      name: 'X-Hub-Signature-256',
      description: 'HMAC-SHA256 of the body with the secret',
      example: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    {
      name: 'X-GitHub-Delivery',
      description: 'Id of the delivery, the same when it is sent again',
      example: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    },
    { name: 'X-GitHub-Event', description: 'Name of the event', example: 'push' },
  ],
  example: { zen: 'Design for failure.', hook_id: 1 },
});

export const github = { source: GithubSource, controller };
