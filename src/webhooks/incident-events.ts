import type { Instant } from '../events/instant.js';
import type { Telling } from '../events/telling.js';

/** An incident, as those who manage it know it. */
interface ToldIncident {
  incident_id: string;
  /** What it concerns. It is an incident of each. */
  pipelines: readonly string[];
  environment?: string | undefined;
  labels?: readonly string[] | undefined;
  url?: string | undefined;
}

/** `failure`: it broke; `success`: it is restored. */
export interface IncidentChange {
  status: 'failure' | 'success';
  at: Instant;
}

export function incidentEvents(incident: ToldIncident, changes: readonly IncidentChange[]): Telling[] {
  const { incident_id, environment, labels, url } = incident;
  return [...new Set(incident.pipelines)].flatMap((pipeline_id) =>
    changes.map(({ status, at }) => ({
      type: 'incident_status_change' as const,
      pipeline_id,
      status,
      incident_id,
      ...(environment ? { environment } : {}),
      ...(url ? { url } : {}),
      ...(labels ? { labels } : {}),
      timestamp: at,
    })),
  );
}

/**
 * A failure at each time when it opened, as far as it is told, and its resolution. One that tells of a resolution tells of
 * the opening too, so that a lost delivery costs nothing.
 */
export function openedAndResolved(
  opened_at: readonly (Instant | undefined)[],
  resolved_at?: Instant,
): IncidentChange[] {
  const failures = opened_at.filter((time) => time !== undefined);
  return [
    ...failures.map((at) => ({ status: 'failure' as const, at })),
    ...(resolved_at === undefined ? [] : [{ status: 'success' as const, at: resolved_at }]),
  ];
}
