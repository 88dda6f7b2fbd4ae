import { webhookController } from '../webhook-controller.js';
import { RootlySource } from './rootly.source.js';

const controller = webhookController(RootlySource, {
  path: 'rootly/incidents',
  operation: 'receiveRootlyIncident',
  sender: 'Rootly',
  proof: 'signature',
  headers: [
    {
      name: 'X-Rootly-Signature',
      description: 'When it was signed, and the HMAC-SHA256 of that and the body with the secret',
      example: 't=1772442000,v1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
  ],
  example: { event: { id: '9839c4ca-5e7b-416d-ad95-d09ae0c8eead', type: 'incident.created' }, data: {} },
});

export const rootly = { source: RootlySource, controller };
