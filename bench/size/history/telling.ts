import type { Random } from '../../../src/demo/history/random.js';
import { DAY, MINUTE } from '../../../src/demo/history/work-hours.js';
import type { EventBody } from '../../../src/events/event.js';

const LATE = 0.1;
const LATEST = 5 * DAY;

/** An event and the time at which it is received. */
export interface Arrival {
  event: EventBody;
  received: number;
}

/** The events of one pipeline: some arrive days after they happened, and none from after the end. */
export class Telling {
  private readonly told: Arrival[] = [];

  constructor(
    private readonly pipeline_id: string,
    private readonly end: number,
    private readonly random: Random,
  ) {}

  tell(at: number, told: Omit<EventBody, 'pipeline_id' | 'timestamp'>): void {
    const landed = typeof told.landed_at === 'string' ? Date.parse(told.landed_at) : at;
    const known = Math.max(at, landed);
    if (known > this.end) return;
    const late = this.random.chance(LATE) ? this.random.between(0, LATEST) : this.random.between(0, MINUTE);
    const event = { ...told, pipeline_id: this.pipeline_id, timestamp: new Date(at).toISOString() };
    this.told.push({ event, received: Math.min(known + late, this.end) });
  }

  arrivals(): Arrival[] {
    return this.told.toSorted((one, other) => one.received - other.received);
  }
}
