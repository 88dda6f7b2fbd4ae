import { Injectable } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import type { Recorded } from './event.js';

const EVENTS = 'devopstic_events_total';
const WAITING = 'devopstic_events_waiting';
const EXHAUSTED = 'devopstic_events_exhausted_total';

/** What Prometheus is told of the way of events: what became of them and how many wait. */
@Injectable()
export class IngestMeter {
  // One of each for the process: apps that share it, as in tests, share its registry too.
  private readonly events =
    (register.getSingleMetric(EVENTS) as Counter | undefined) ??
    new Counter({
      name: EVENTS,
      help: 'Events sent, by what became of them: created, duplicate, conflict, rejected (not valid or not permitted), failed',
      labelNames: ['outcome'],
    });
  private readonly exhaustions =
    (register.getSingleMetric(EXHAUSTED) as Counter | undefined) ??
    new Counter({
      name: EXHAUSTED,
      help: 'How often an event could not be stored, by itself, for time or memory; the log names it. It was answered 503',
    });
  private readonly waiting =
    (register.getSingleMetric(WAITING) as Gauge | undefined) ??
    new Gauge({ name: WAITING, help: 'Events that wait to be stored, those being stored included' });

  count(outcome: Recorded['outcome'] | 'rejected'): void {
    this.events.inc({ outcome });
  }

  exhausted(): void {
    this.exhaustions.inc();
  }

  queued(events: number): void {
    this.waiting.inc(events);
  }

  settled(events: number): void {
    this.waiting.dec(events);
  }
}
