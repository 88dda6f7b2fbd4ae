import { webhookController } from '../webhook-controller.js';
import { PagerdutySource } from './pagerduty.source.js';

const controller = webhookController(PagerdutySource, {
  path: 'pagerduty/incidents',
  operation: 'receivePagerdutyIncident',
  sender: 'PagerDuty',
  proof: 'signature',
  headers: [
    {
      name: 'X-PagerDuty-Signature',
      required: false,
      description:
        'HMAC-SHA256 of the body with the secret; several while it is changed. A sender of version 2 has none, and ' +
        'shows the secret as a Bearer token or as the password of Basic credentials',
      example: 'v1=6f8f4a2c0b7d1e3958c4a6b2d0e1f3a5c7b9d8e6f4a2c0b1d3e5f7a9c8b6d4e2',
    },
  ],
  example: {
    event: {
      id: '01DXKZ7T3V9Q4M8R2WYB6C5N1H',
      event_type: 'incident.triggered',
      occurred_at: '2026-03-02T10:30:00.412Z',
      data: { id: 'Q1WSHOP7K2', service: { summary: 'acme/shop' }, created_at: '2026-03-02T10:30:00Z' },
    },
  },
});

export const pagerduty = { source: PagerdutySource, controller };
