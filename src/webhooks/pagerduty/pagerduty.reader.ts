import type { Instant } from '../../events/instant.js';
import { incidentEvents, openedAndResolved } from '../incident-events.js';
import type { Payload } from '../payload.js';
import { joined } from '../readings.js';
import type { Reading } from '../webhook-source.js';

type Change = 'opened' | 'reopened' | 'resolved';

/** Of version 3, then of version 2. */
const CHANGES: ReadonlyMap<string, Change> = new Map([
  ['incident.triggered', 'opened'],
  ['incident.reopened', 'reopened'],
  ['incident.resolved', 'resolved'],
  ['incident.trigger', 'opened'],
  ['incident.resolve', 'resolved'],
]);

/** PagerDuty sends one event (version 3); what speaks version 2 still sends a list of messages. */
export function readPagerduty(payload: Payload): Reading {
  const messages = payload.at('messages');
  return messages.isGiven() ? joined(messages.list().map(readMessage)) : readEvent(payload.at('event'));
}

function readEvent(event: Payload): Reading {
  const event_type = event.at('event_type').text();
  if (event_type === 'pagey.ping') return { ignored: 'ping' };
  const change = CHANGES.get(event_type);
  if (change === undefined) return { ignored: 'event_not_used' };
  const incident = event.at('data');
  return readIncident(incident, incident.at('id').text(), change, event.at('occurred_at').time());
}

function readMessage(message: Payload): Reading {
  const change = CHANGES.get(message.at('event').text());
  if (change === undefined) return { ignored: 'event_not_used' };
  const incident = message.at('incident');
  // The same id as in version 3, so that an incident may begin in one and end in the other.
  const incident_id = incident.at('id').optionalText() ?? String(incident.at('incident_number').integer());
  return readIncident(incident, incident_id, change, message.at('created_on').time());
}

/** @param time when it changed so; when it first opened, the incident says itself. */
function readIncident(incident: Payload, incident_id: string, change: Change, time: Instant): Reading {
  const service = incident.at('service');
  const told = {
    pipelines: [service.at('name').optionalText() ?? service.at('summary').text()],
    incident_id,
    url: incident.at('html_url').optionalText(),
  };
  const created_at = incident.at('created_at').optionalTime();
  if (change === 'opened') return { events: incidentEvents(told, openedAndResolved([created_at ?? time])) };
  if (change === 'reopened') return { events: incidentEvents(told, openedAndResolved([created_at, time])) };
  return { events: incidentEvents(told, openedAndResolved([created_at], time)) };
}
