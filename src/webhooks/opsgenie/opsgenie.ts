import { webhookController } from '../webhook-controller.js';
import { OpsgenieSource } from './opsgenie.source.js';

const controller = webhookController(OpsgenieSource, {
  path: 'opsgenie/incidents',
  operation: 'receiveOpsgenieAlert',
  sender: 'Opsgenie or Jira Service Management',
  proof: 'api_key',
  headers: [],
  example: {
    action: 'Create',
    alert: {
      alertId: '8743a1c0-6f5e-4c1b-9d0b-1f0c2f7f9a51-1772447400000',
      tags: ['pipeline:acme/shop', 'env:production'],
      createdAt: 1772447400000,
      updatedAt: 1772447400512000000,
    },
  },
});

export const opsgenie = { source: OpsgenieSource, controller };
