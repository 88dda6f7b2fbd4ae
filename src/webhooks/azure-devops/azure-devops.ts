import { webhookController } from '../webhook-controller.js';
import { AzureDevopsSource } from './azure-devops.source.js';

const controller = webhookController(AzureDevopsSource, {
  path: 'azure-devops/events',
  operation: 'receiveAzureDevopsEvent',
  sender: 'Azure DevOps',
  proof: 'api_key',
  headers: [],
  example: { id: '6a5c8f0e-2b1d-4c3e-9f7a-0d1e2f3a4b5c', eventType: 'git.push', resource: { refUpdates: [] } },
});

export const azureDevops = { source: AzureDevopsSource, controller };
