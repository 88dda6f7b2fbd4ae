import type { EventBody } from '../events/event.js';
import type { Instant } from '../events/instant.js';

/** An incident, as those who manage it know it. */
export interface ToldIncident {
  id: string;
  /** What it concerns. It is an incident of each. */
  pipelines: readonly string[];
  environment?: string | undefined;
  url?: string | undefined;
}

/** `failure`: it broke; `success`: it is restored. */
export interface IncidentChange {
  status: 'failure' | 'success';
  at: Instant;
}

export function incidentEvents(incident: ToldIncident, changes: readonly IncidentChange[]): EventBody[] {
  const { id, environment, url } = incident;
  return [...new Set(incident.pipelines)].flatMap((pipeline_id) =>
    changes.map(({ status, at }) => ({
      type: 'incident_status_change' as const,
      pipeline_id,
      status,
      incident_id: id,
      ...(environment ? { environment } : {}),
      ...(url ? { url } : {}),
      timestamp: at,
    })),
  );
}
