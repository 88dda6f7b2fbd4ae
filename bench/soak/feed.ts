import { DAY } from '../../src/demo/history/work-hours.js';
import { Random } from '../../src/demo/history/random.js';
import type { EventBody } from '../../src/events/event.js';
import { history } from '../size/history/history.js';

const PIPELINES = 40;
/** A little less than histories have, so that there are enough. */
const EVENTS_A_DEPLOYMENT = 3;
const DUPLICATES = 0.1;
/** Repeated are events of late. */
const REMEMBERED = 1000;

/** The events of some pipelines as they arrive, a tenth of them late by days, and another tenth sent once more. */
export class Feed {
  readonly pipelines = Array.from({ length: PIPELINES }, (_, index) => `soak/${index}`);
  private readonly random = new Random('soak');
  private readonly events: EventBody[];
  private sent = 0;

  constructor(events: number) {
    const deployments = events / PIPELINES / EVENTS_A_DEPLOYMENT;
    const all = this.pipelines.flatMap((pipeline) => history(pipeline, deployments, Date.now() - DAY));
    this.events = all.toSorted((one, other) => one.received - other.received).map(({ event }) => event);
  }

  /** How many different events were taken. */
  get distinct(): number {
    return this.sent;
  }

  /** The time that has been reached. */
  get now(): Date {
    return new Date(this.events[this.sent]?.timestamp ?? Number.NaN);
  }

  pipeline(): string {
    return this.pipelines[this.random.integer(0, PIPELINES - 1)] ?? '';
  }

  fresh(count: number): EventBody[] {
    const events = this.events.slice(this.sent, this.sent + count);
    if (events.length < count) throw new Error('There are too few events to go on sending');
    this.sent += count;
    return events;
  }

  /** Fresh ones and duplicates. */
  mixed(count: number): EventBody[] {
    return Array.from({ length: count }, () => {
      const again = this.events[this.sent - this.random.integer(1, REMEMBERED)];
      return again && this.random.chance(DUPLICATES) ? again : this.fresh(1)[0];
    }) as EventBody[];
  }
}
