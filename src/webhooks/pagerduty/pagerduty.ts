import type { BuiltInSource } from '../built-in-source.js';
import { nameFrom } from '../identity.js';
import { softPayload } from '../request-body.js';
import { headerOf } from '../webhook-source.js';
import { readPagerduty } from './pagerduty.reader.js';
import { pagerdutySignature } from './pagerduty.signature.js';

export const pagerduty = {
  name: 'pagerduty',
  path: 'pagerduty/incidents',
  operation: 'receivePagerdutyIncident',
  sender: 'PagerDuty',
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
  kept_headers: ['x-webhook-id', 'x-webhook-subscription'],
  example: {
    event: {
      id: '01DXKZ7T3V9Q4M8R2WYB6C5N1H',
      event_type: 'incident.triggered',
      occurred_at: '2026-03-02T10:30:00.412Z',
      data: { id: 'Q1WSHOP7K2', service: { summary: 'acme/shop' }, created_at: '2026-03-02T10:30:00Z' },
    },
  },
  signature: (config) => pagerdutySignature(config.webhook_secrets.pagerduty),
  /** A list of messages is known by its bytes: each message has an id, the list has none. */
  identify: (headers, raw) => {
    const event = softPayload(raw, headerOf(headers, 'content-type')).at('event');
    return {
      delivery_id: nameFrom(event.at('id').optionalText()),
      event_name: nameFrom(event.at('event_type').optionalText()) ?? 'messages',
    };
  },
  read: ({ payload }) => readPagerduty(payload),
} satisfies BuiltInSource;
