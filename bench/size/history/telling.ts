import type { Random } from '../../../src/demo/history/random.js';
import { DAY, MINUTE } from '../../../src/demo/history/work-hours.js';
import { readEvent } from '../../../src/events/event.reader.js';
import type { EventBody, NewEvent } from '../../../src/events/event.js';

const LATE = 0.1;
const LATEST = 5 * DAY;

/** The events of one pipeline: some arrive days after they happened, and none from after the end. */
export class Telling {
  private readonly told: { event: EventBody; at: number; received: number }[] = [];

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
    this.told.push({ event, at, received: Math.min(known + late, this.end) });
  }

  /** In the order in which they arrive. */
  events(): NewEvent[] {
    const arrived = this.told.toSorted((one, other) => one.received - other.received || one.at - other.at);
    return arrived.map(({ event, received }) => {
      const read = readEvent(event, new Date(received));
      if ('errors' in read) throw new Error(JSON.stringify(read.errors));
      return read.event;
    });
  }
}
