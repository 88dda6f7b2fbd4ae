import { ALERTS } from '../alerts/alerts.example.js';
import { webhookController } from '../webhook-controller.js';
import { AlertmanagerSource } from './alertmanager.source.js';

const controller = webhookController(AlertmanagerSource, {
  path: 'alertmanager/alerts',
  operation: 'receiveAlertmanagerAlerts',
  sender: 'Prometheus Alertmanager',
  proof: 'api_key',
  headers: [],
  example: ALERTS,
});

export const alertmanager = { source: AlertmanagerSource, controller };
