import { at } from './github-payloads.js';

export interface IncidentOptions {
  id?: string;
  service?: string;
  /** Hours and minutes of the day. */
  created?: string;
  time?: string;
}

/** An event of version 3 of PagerDuty's webhooks. */
export function anEvent(event_type: string, options: IncidentOptions = {}) {
  const { id = 'Q1WSHOP7K2', service = 'acme/pagerduty', created = '09:00', time = created } = options;
  return {
    event: {
      id: `01${event_type.replaceAll('.', '')}${id}${time}`,
      event_type,
      resource_type: 'incident',
      occurred_at: at(time),
      agent: { id: 'PUSER01', type: 'user_reference' },
      client: null,
      data: {
        id,
        type: 'incident',
        html_url: `https://acme.pagerduty.com/incidents/${id}`,
        number: 17,
        status: event_type === 'incident.resolved' ? 'resolved' : 'triggered',
        created_at: at(created),
        title: 'One in five checkouts fails',
        service: { id: 'PSHOP01', summary: service, type: 'service_reference' },
        urgency: 'high',
        resolve_reason: null,
      },
    },
  };
}

export const A_PING = {
  event: {
    id: '01PING',
    event_type: 'pagey.ping',
    resource_type: 'pagey',
    occurred_at: at('08:00'),
    data: { message: 'Hello!', type: 'ping' },
  },
};

/** A message of version 2. */
export function aMessage(event: string, options: IncidentOptions = {}) {
  const { id = 'Q1WSHOP7K2', service = 'acme/pagerduty', created = '09:00', time = created } = options;
  return {
    id: `5b1a2c3d-${event}-${time}`,
    event,
    created_on: at(time),
    log_entries: [{ type: 'log_entry', created_at: at(time) }],
    webhook: { name: 'devopstic', type: 'webhook' },
    incident: {
      id,
      incident_number: 17,
      title: 'One in five checkouts fails',
      created_at: at(created),
      status: event === 'incident.resolve' ? 'resolved' : 'triggered',
      service: { id: 'PSHOP01', name: service, summary: service, type: 'service' },
      html_url: `https://acme.pagerduty.com/incidents/${id}`,
      last_status_change_at: at(time),
    },
  };
}
