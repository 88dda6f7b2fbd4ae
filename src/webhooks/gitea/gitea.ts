import { webhookController } from '../webhook-controller.js';
import { GiteaSource } from './gitea.source.js';

const controller = webhookController(GiteaSource, {
  path: 'gitea/events',
  operation: 'receiveGiteaEvent',
  sender: 'Gitea or Forgejo',
  proof: 'signature',
  headers: [
    {
      name: 'X-Gitea-Signature',
      required: false,
      description:
        'HMAC-SHA256 of the body with the secret; or `X-Forgejo-Signature`, or `X-Hub-Signature-256` as of GitHub',
      example: '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    {
      name: 'X-Gitea-Delivery',
      required: false,
      description: 'Id of the delivery; or `X-Forgejo-Delivery`',
      example: 'f6266f16-1bf3-46a5-9ea4-602e06ead473',
    },
    {
      name: 'X-Gitea-Event',
      required: false,
      description: 'Name of the event; or `X-Forgejo-Event`. One of them is required',
      example: 'push',
    },
  ],
  example: { ref: 'refs/heads/main', repository: { full_name: 'acme/shop', default_branch: 'main' }, commits: [] },
});

export const gitea = { source: GiteaSource, controller };
