import type { EventBody } from '../events/event.js';
import type { Instant } from '../events/instant.js';

export interface ToldIncident {
  pipeline_id: string;
  incident_id: string;
  environment?: string | undefined;
  url?: string | undefined;
}

/**
 * The events of an incident: a failure at each time when it opened, as far as it is told, and its resolution. One that
 * tells of a resolution tells of the opening too, so that a lost delivery costs nothing.
 */
export function incidentEvents(
  incident: ToldIncident,
  opened_at: readonly (Instant | undefined)[],
  resolved_at?: Instant,
): EventBody[] {
  const told = { type: 'incident_status_change' as const, ...incident };
  const failures = opened_at.filter((time) => time !== undefined);
  return [
    ...failures.map((timestamp) => ({ ...told, status: 'failure' as const, timestamp })),
    ...(resolved_at === undefined ? [] : [{ ...told, status: 'success' as const, timestamp: resolved_at }]),
  ];
}
