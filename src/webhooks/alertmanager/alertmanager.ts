import { ALERTS } from '../alerts/alerts.example.js';
import { readAlerts } from '../alerts/alerts.reader.js';
import type { BuiltInSource } from '../built-in-source.js';
import { eventNamed } from '../identity.js';

export const alertmanager = {
  name: 'alertmanager',
  path: 'alertmanager/alerts',
  operation: 'receiveAlertmanagerAlerts',
  sender: 'Prometheus Alertmanager',
  headers: [],
  example: ALERTS,
  identify: eventNamed('status'),
  read: ({ payload }) => readAlerts(payload),
} satisfies BuiltInSource;
