import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { oneOf } from '../database/closed-sets.js';
import { EVENT_STATUSES, EVENT_TYPES, type FieldKind, STORED_FIELDS } from './event.fields.js';

const TYPES: Readonly<Record<FieldKind, EntitySchemaColumnOptions>> = {
  text: { type: 'text', collation: 'C' },
  list: { type: 'text', collation: 'C', array: true },
  integer: { type: 'bigint' },
  flag: { type: 'boolean' },
  time: { type: 'timestamptz' },
};
const KEY: Partial<EntitySchemaColumnOptions> = { primary: true, primaryKeyConstraintName: 'events_pkey' };

const columns = STORED_FIELDS.map(({ name, column, kind, collation, always }): [string, EntitySchemaColumnOptions] => [
  column,
  {
    ...TYPES[kind],
    ...(collation && { collation: undefined }),
    ...(name === 'id' || name === 'pipeline_id' ? KEY : { nullable: !always }),
  },
]);

/** What a sender told us, a column for each field of the table; append-only. */
export const Event = new EntitySchema({
  name: 'Event',
  schema: 'devopstic',
  tableName: 'events',
  columns: { ...Object.fromEntries(columns), content_hash: TYPES.text },
  checks: [
    { name: 'events_type_check', expression: oneOf('type', EVENT_TYPES) },
    { name: 'events_status_check', expression: oneOf('status', EVENT_STATUSES) },
  ],
  indices: [
    { name: 'events_occurred_idx', columns: ['pipeline_id', 'occurred_at', 'id'], where: 'occurred_at IS NOT NULL' },
    { name: 'events_review_idx', columns: ['pipeline_id', 'pull_request_id'], where: `type = 'review'` },
    { name: 'events_incident_idx', columns: ['pipeline_id', 'incident_id'], where: `type = 'incident_status_change'` },
  ],
});
