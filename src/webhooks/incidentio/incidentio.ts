import { webhookController } from '../webhook-controller.js';
import { IncidentioSource } from './incidentio.source.js';

const controller = webhookController(IncidentioSource, {
  path: 'incidentio/incidents',
  operation: 'receiveIncidentioIncident',
  sender: 'incident.io',
  proof: 'signature',
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
  example: { event_type: 'public_incident.incident_created_v2', 'public_incident.incident_created_v2': {} },
});

export const incidentio = { source: IncidentioSource, controller };
