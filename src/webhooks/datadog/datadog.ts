import { webhookController } from '../webhook-controller.js';
import { DatadogSource } from './datadog.source.js';

const controller = webhookController(DatadogSource, {
  path: 'datadog/alerts',
  operation: 'receiveDatadogAlert',
  sender: 'Datadog, in the form of our template',
  proof: 'api_key',
  headers: [],
  example: {
    alert_cycle_key: '7305498122871035411',
    alert_transition: 'Triggered',
    date: '1772447400000',
    tags: 'monitor, service:acme/shop, env:production',
    link: 'https://app.datadoghq.eu/monitors/4711',
  },
});

export const datadog = { source: DatadogSource, controller };
