import { ApiProperty } from '@nestjs/swagger';
import { PageView } from '../http/paging.js';
import type { StoredEvent } from './event.js';

/** A stored event as the database gives it: its times become RFC 3339 text in JSON. */
export interface EventRow extends Omit<StoredEvent, 'landed_at' | 'timestamp' | 'received_at'> {
  landed_at: Date | null;
  timestamp: Date;
  received_at: Date;
}

export class EventPage extends PageView {
  @ApiProperty({ type: 'array', items: { $ref: '#/components/schemas/StoredEvent' } })
  items!: EventRow[];
}
