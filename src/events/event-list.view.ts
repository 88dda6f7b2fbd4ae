import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import type { StoredEvent } from './event.js';
import type { FieldsWith } from './event.fields.js';

/** A stored event as the database gives it: its times become RFC 3339 text in JSON. */
export type EventRow = {
  [Name in keyof StoredEvent]: Name extends FieldsWith<{ kind: 'time' }>
    ? Date | Extract<StoredEvent[Name], null>
    : StoredEvent[Name];
};

export class EventPage extends PageView {
  @ApiProperty({ type: 'array', items: { $ref: '#/components/schemas/StoredEvent' } })
  items!: EventRow[];
}
