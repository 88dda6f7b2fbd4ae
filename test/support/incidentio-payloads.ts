import { at } from './github-payloads.js';

/** Payloads as incident.io sends them, with the fields that matter here. Times are of 2026-03-02. */
export interface IncidentOptions {
  /** What is chosen in the custom field of each name, from the catalog. */
  fields?: Record<string, string[]>;
  category?: string;
  mode?: string;
  created?: string;
  updated?: string;
}

const CHECKOUT = { 'Affected services': ['Checkout'] };

export function anIncident(options: IncidentOptions = {}) {
  const { fields = CHECKOUT, category = 'live', mode = 'standard', created = '13:00', updated = created } = options;
  return {
    id: '01FDAG4SAP5TYPT98WGR2N7W91',
    reference: 'INC-123',
    name: 'Checkout is down',
    mode,
    visibility: 'public',
    permalink: 'https://app.incident.io/incidents/123',
    incident_status: { id: '01S', name: category, category },
    custom_field_entries: Object.entries(fields).map(([name, values]) => ({
      custom_field: { id: name, name, field_type: 'multi_select' },
      values: values.map((value) => ({ value_catalog_entry: { id: value, name: value } })),
    })),
    created_at: at(created),
    updated_at: at(updated),
  };
}

export function incidentEvent(event: 'created' | 'updated', incident: object = anIncident()) {
  const event_type = `public_incident.incident_${event}_v2`;
  return { event_type, [event_type]: incident };
}

export function statusEvent(previous: string, incident: ReturnType<typeof anIncident>) {
  const event_type = 'public_incident.incident_status_updated_v2';
  const { incident_status } = incident;
  return {
    event_type,
    [event_type]: { incident, new_status: incident_status, previous_status: { id: '01P', category: previous } },
  };
}
