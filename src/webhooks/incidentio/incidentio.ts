import type { BuiltInSource } from '../built-in-source.js';
import { eventNameIn, requiredHeader } from '../identity.js';
import { sharedSecret } from '../signature.js';
import { isStandardWebhook } from '../standard-webhooks.js';
import { readIncidentio } from './incidentio.reader.js';

export const incidentio = {
  name: 'incidentio',
  path: 'incidentio/incidents',
  operation: 'receiveIncidentioIncident',
  sender: 'incident.io',
  headers: [
    {
      name: 'webhook-id',
      description: 'Id of the delivery, the same when it is sent again',
      example: 'msg_2b8vJc1d0s9w',
    },
    { name: 'webhook-timestamp', description: 'When it was signed', example: '1772442000' },
    {
      name: 'webhook-signature',
      description: 'HMAC-SHA256, in base64, of the id, the time and the body; several while the secret is changed',
      example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    },
  ],
  kept_headers: ['webhook-id', 'webhook-timestamp'],
  example: { event_type: 'public_incident.incident_created_v2', 'public_incident.incident_created_v2': {} },
  signature: (config) => sharedSecret(['webhook-signature'], config.webhook_secrets.incidentio, isStandardWebhook),
  identify: (headers, raw) => ({
    delivery_id: requiredHeader(headers, 'webhook-id'),
    event_name: eventNameIn(raw, headers, 'event_type'),
  }),
  read: ({ payload }) => readIncidentio(payload),
} satisfies BuiltInSource;
