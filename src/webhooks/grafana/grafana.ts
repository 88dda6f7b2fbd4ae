import { ALERTS } from '../alerts/alerts.example.js';
import { webhookController } from '../webhook-controller.js';
import { GrafanaSource } from './grafana.source.js';

const controller = webhookController(GrafanaSource, {
  path: 'grafana/alerts',
  operation: 'receiveGrafanaAlerts',
  sender: 'Grafana alerting',
  proof: 'signature',
  headers: [
    {
      name: 'X-Grafana-Alerting-Signature',
      description: 'HMAC-SHA256 of the body with the secret, or of the timestamp, a colon and the body',
      example: '4b3f0a9f5c1d7e2b8a6c4d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c',
    },
    {
      name: 'X-Grafana-Alerting-Timestamp',
      required: false,
      description: 'When it was signed, if the contact point names this header',
      example: '1772447400',
    },
  ],
  example: ALERTS,
});

export const grafana = { source: GrafanaSource, controller };
