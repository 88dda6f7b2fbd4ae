/**
 * A plain model of domain.md and metrics.md, to hold the SQL against. It takes the whole set of events at once, sorts,
 * filters and loops until nothing changes; it shares no code with the service. Slow and short on purpose.
 */

export type EventType = 'commit' | 'submit' | 'review' | 'approve' | 'deploy' | 'incident_status_change';
export type EventStatus = 'success' | 'failure' | 'in_progress' | 'canceled';
/** Milliseconds since 1970. */
export type Time = number;

/** An event as a sender writes it, with an id and a time of its own. */
export interface ModelEvent {
  id: string;
  type: EventType;
  pipeline_id: string;
  timestamp: string;
  status?: EventStatus;
  environment?: string;
  commit_id?: string;
  pull_request_id?: number;
  review_id?: string;
  incident_id?: string;
  deployment_id?: string;
  commits?: string[];
  parents?: string[];
  landed_at?: string;
  landed_head?: string;
  reverts?: string[];
  outside?: boolean;
  rollback?: boolean;
  rework?: boolean;
  author?: string;
  url?: string;
}

export const timeOf = (event: ModelEvent): Time => Date.parse(event.timestamp);

export const statusOf = (event: ModelEvent): EventStatus => event.status ?? 'success';

export const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** "Where two events tie in time, the smaller `id` is the earlier." */
export const byTime = (a: ModelEvent, b: ModelEvent): number => timeOf(a) - timeOf(b) || byBytes(a.id, b.id);

export function least(times: (Time | null)[]): Time | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** The same event sent twice is one event. */
export function distinct(events: ModelEvent[]): ModelEvent[] {
  return [...new Map(events.map((event) => [`${event.pipeline_id}\n${event.id}`, event])).values()];
}

/** The elements by key, keys in order of bytes. */
export function grouped<T>(items: T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups].toSorted(([a], [b]) => byBytes(a, b));
}
