import { type IncidentChange, incidentEvents } from '../incident-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

/** Where each event holds the incident, under its own name. */
const INCIDENT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['public_incident.incident_created_v2', []],
  ['public_incident.incident_updated_v2', []],
  ['public_incident.incident_status_updated_v2', ['incident']],
]);

/** Each event shows the incident as it is then, and tells when it began, and when it ended if it did. */
export function readIncidentio(payload: Payload): Reading {
  const event = payload.at('event_type').text();
  if (event.startsWith('private_incident.')) return { ignored: 'private' };
  const path = INCIDENT_IN.get(event);
  if (path === undefined) return { ignored: 'event_not_used' };
  const incident = payload.at(event, ...path);
  // Those of other modes are exercises, or were written down afterwards, when nothing tells how long they took.
  if ((incident.at('mode').optionalText() ?? 'standard') !== 'standard') return { ignored: 'mode_not_used' };
  const category = incident.at('incident_status', 'category').text();
  if (category === 'triage') return { ignored: 'triage' };
  const changes = changesOf(incident, category, payload.at(event, 'previous_status', 'category').optionalText());
  if (changes.length === 0) return { ignored: 'state_not_used' };
  const pipelines = namesIn(incident, /\bservices?$/i);
  if (pipelines.length === 0) return { ignored: 'no_service' };
  const environments = namesIn(incident, /\benvironments?$/i);
  const told = {
    incident_id: incident.at('id').text(),
    pipelines,
    environment: environments.length === 1 ? environments[0] : undefined,
    url: incident.at('permalink').optionalText(),
  };
  return { events: incidentEvents(told, changes) };
}

const LIVE: ReadonlySet<string> = new Set(['live', 'paused']);
const OVER: ReadonlySet<string> = new Set(['learning', 'closed']);
/** It was none: that ends what was opened, and opens nothing. */
const NONE: ReadonlySet<string> = new Set(['declined', 'merged', 'canceled']);

function changesOf(incident: Payload, category: string, previous: string | undefined): IncidentChange[] {
  const began: IncidentChange = { status: 'failure', at: incident.at('created_at').time() };
  const changed_at = incident.at('updated_at').time();
  if (OVER.has(category)) return [began, { status: 'success', at: changed_at }];
  if (NONE.has(category)) return [{ status: 'success', at: changed_at }];
  if (!LIVE.has(category)) return [];
  const reopened = previous !== undefined && (OVER.has(previous) || NONE.has(previous));
  return reopened ? [began, { status: 'failure', at: changed_at }] : [began];
}

/** What is chosen in the custom fields of such names: entries of the catalog, options, or text. */
function namesIn(incident: Payload, field_name: RegExp): string[] {
  return incident
    .at('custom_field_entries')
    .optionalList()
    .filter((entry) => field_name.test(entry.at('custom_field', 'name').optionalText() ?? ''))
    .flatMap((entry) => entry.at('values').optionalList())
    .map(
      (value) =>
        value.at('value_catalog_entry', 'name').optionalText() ??
        value.at('value_option', 'value').optionalText() ??
        value.at('value_text').optionalText(),
    )
    .filter((name) => name !== undefined);
}
