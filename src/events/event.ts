import { type FieldName, type FieldsWith, STORED_FIELDS, type StoredName, type ValueOf } from './event.fields.js';

export type { EventStatus, EventType } from './event.fields.js';
export type { EventBody } from './event.schema.js';

type Always = FieldsWith<{ always: true }>;

/** An event as it is stored and answered: every field of the contract, null where the sender gave none. */
export type StoredEvent = { [Name in StoredName]: ValueOf<Name> | (Name extends Always ? never : null) };

/** A valid event, complete and normalised: ready to be recorded, by the names of the columns. Times are RFC 3339 in UTC. */
export type NewEvent = Omit<StoredEvent, Exclude<FieldName, Always> | 'timestamp' | 'timestamp_inferred'> &
  Partial<Pick<StoredEvent, Exclude<FieldName, Always>>> & {
    occurred_at: string;
    /** True when the sender gave no timestamp: `occurred_at` is then the time of receipt. */
    time_inferred: boolean;
    /** Hash of everything the sender told but the id: tells a retry from another event under the same id. */
    content_hash: string;
  };

/** What became of one event, and as what it is stored. A `failed` one can never be stored; why is logged. */
export type Recorded =
  { outcome: 'created' | 'duplicate' | 'conflict'; event: NewEvent } | { outcome: 'failed'; cause: unknown };

export function storedEvent(event: NewEvent): StoredEvent {
  const row: Record<string, unknown> = event;
  return Object.fromEntries(STORED_FIELDS.map(({ name, column }) => [name, row[column] ?? null])) as StoredEvent;
}
