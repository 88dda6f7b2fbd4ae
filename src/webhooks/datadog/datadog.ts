import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';
import { readDatadog } from './datadog.reader.js';

export const datadog = {
  name: 'datadog',
  path: 'datadog/alerts',
  operation: 'receiveDatadogAlert',
  sender: 'Datadog, in the form of our template',
  headers: [],
  example: {
    alert_cycle_key: '7305498122871035411',
    alert_transition: 'Triggered',
    date: '1772447400000',
    tags: 'monitor, service:acme/shop, env:production',
    link: 'https://app.datadoghq.eu/monitors/4711',
  },
  identify: eventNamed('alert_transition'),
  read: ({ payload }) => readDatadog(payload),
} satisfies BuiltInSource;
