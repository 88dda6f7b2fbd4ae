export const EVENT_TYPES = ['commit', 'submit', 'review', 'approve', 'deploy', 'incident_status_change'] as const;
export const EVENT_STATUSES = ['success', 'failure', 'in_progress', 'canceled'] as const;

export type EventType = (typeof EVENT_TYPES)[number];
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** An event as a sender tells it; doc/domain.md says what each field means. Null is the same as absent. */
export interface EventBody {
  id?: string | null;
  type: EventType;
  pipeline_id: string;
  status?: EventStatus | null;
  environment?: string | null;
  commit_id?: string | null;
  pull_request_id?: number | null;
  review_id?: string | null;
  incident_id?: string | null;
  deployment_id?: string | null;
  commits?: string[] | null;
  parents?: string[] | null;
  landed_at?: number | string | null;
  landed_head?: string | null;
  reverts?: string[] | null;
  outside?: boolean | null;
  rollback?: boolean | null;
  rework?: boolean | null;
  author?: string | null;
  url?: string | null;
  timestamp?: number | string | null;
}

type Told = Omit<EventBody, 'id' | 'status' | 'landed_at' | 'timestamp'>;

/** A valid event, complete and normalised: ready to be recorded. Times are RFC 3339 in UTC with milliseconds. */
export interface NewEvent extends Told {
  id: string;
  status: EventStatus;
  landed_at?: string | null;
  occurred_at: string;
  /** True when the sender gave no timestamp: `occurred_at` is then the time of receipt. */
  time_inferred: boolean;
  received_at: string;
  /** Hash of everything the sender told but the id: tells a retry from another event under the same id. */
  content_hash: string;
}

/** An event as it is stored and answered: every field of the contract, null where the sender gave none. */
export interface StoredEvent extends Required<Told> {
  id: string;
  status: EventStatus;
  landed_at: string | null;
  timestamp: string;
  timestamp_inferred: boolean;
  received_at: string;
}

/** What became of one event, and as what it is stored. A `failed` one can never be stored; why is logged. */
export type Recorded =
  { outcome: 'created' | 'duplicate' | 'conflict'; event: NewEvent } | { outcome: 'failed'; cause: unknown };

export function storedEvent(event: NewEvent): StoredEvent {
  return {
    id: event.id,
    type: event.type,
    pipeline_id: event.pipeline_id,
    status: event.status,
    environment: event.environment ?? null,
    commit_id: event.commit_id ?? null,
    pull_request_id: event.pull_request_id ?? null,
    review_id: event.review_id ?? null,
    incident_id: event.incident_id ?? null,
    deployment_id: event.deployment_id ?? null,
    commits: event.commits ?? null,
    parents: event.parents ?? null,
    landed_at: event.landed_at ?? null,
    landed_head: event.landed_head ?? null,
    reverts: event.reverts ?? null,
    outside: event.outside ?? null,
    rollback: event.rollback ?? null,
    rework: event.rework ?? null,
    author: event.author ?? null,
    url: event.url ?? null,
    timestamp: event.occurred_at,
    timestamp_inferred: event.time_inferred,
    received_at: event.received_at,
  };
}
