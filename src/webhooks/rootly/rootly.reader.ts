import { type IncidentChange, incidentEvents } from '../incident-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

const EVENTS: ReadonlySet<string> = new Set([
  'incident.created',
  'incident.updated',
  'incident.mitigated',
  'incident.resolved',
  'incident.cancelled',
]);

/** Incidents that happened, and parts of such. Others are exercises, maintenance, or written down afterwards. */
const KINDS: ReadonlySet<string> = new Set(['normal', 'normal_sub']);

/** Each event shows the incident as it is then, and tells when it began, and when it ended if it did. */
export function readRootly(payload: Payload): Reading {
  if (!EVENTS.has(payload.at('event', 'type').text())) return { ignored: 'event_not_used' };
  const incident = payload.at('data');
  if (!KINDS.has(incident.at('kind').optionalText() ?? 'normal')) return { ignored: 'kind_not_used' };
  const status = incident.at('status').text();
  if (status === 'in_triage') return { ignored: 'triage' };
  const pipelines = namesOf(incident, 'services');
  if (pipelines.length === 0) return { ignored: 'no_service' };
  const environments = namesOf(incident, 'environments');
  const told = {
    incident_id: incident.at('id').text(),
    pipelines,
    environment: environments.length === 1 ? environments[0] : undefined,
    url: incident.at('url').optionalText(),
  };
  return { events: incidentEvents(told, changesOf(payload, incident, status)) };
}

/**
 * The service is restored once the incident is mitigated; to resolve it says so again. One that is cancelled was none:
 * that ends what was opened, and opens nothing.
 */
function changesOf(payload: Payload, incident: Payload, status: string): IncidentChange[] {
  if (status === 'cancelled') {
    return [{ status: 'success', at: firstTime(incident.at('cancelled_at'), payload.at('event', 'issued_at')) }];
  }
  const began: IncidentChange = {
    status: 'failure',
    at: firstTime(incident.at('started_at'), incident.at('created_at')),
  };
  const ended = ['mitigated_at', 'resolved_at'].flatMap((name) => incident.at(name).optionalTime() ?? []);
  if (ended.length === 0 && OVER.has(status)) ended.push(payload.at('event', 'issued_at').time());
  return [began, ...ended.map((at) => ({ status: 'success' as const, at }))];
}

const OVER: ReadonlySet<string> = new Set(['mitigated', 'resolved', 'closed']);

function firstTime(place: Payload, other: Payload) {
  return place.optionalTime() ?? other.time();
}

function namesOf(incident: Payload, list: 'services' | 'environments'): string[] {
  return incident
    .at(list)
    .optionalList()
    .flatMap((one) => one.at('name').optionalText() ?? []);
}
