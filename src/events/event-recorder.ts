import { Injectable } from '@nestjs/common';
import { Readiness } from '../health/readiness.js';
import { Problem } from '../http/problem.js';
import type { NewEvent, Recorded } from './event.js';
import { BatchWriter } from './batch-writer.js';
import { EventLane } from './event-lane.js';
import { EventLog } from './event-log.js';
import { IngestMeter } from './ingest-meter.js';

/** Two batches at a time keep Postgres busy; more only wait for each other (ADR 0002). */
const LANES = 2;
/** Events waiting for their turn, over all requests: beyond it a sender is asked to come back. */
const MOST_WAITING = 20_000;
/** Of them so many at most are further events of batches, which can wait where they come from. */
const MOST_OF_BATCHES = 10_000;

/**
 * The one door for events: every source records through it. Events gather while a batch is being written and go as the
 * next one (group commit); those of one pipeline share a lane, so that the lanes never wait for each other.
 */
@Injectable()
export class EventRecorder {
  private readonly lanes: EventLane[];
  /** Batches that wait for room, the longest waiting first. */
  private readonly held: (() => void)[] = [];

  constructor(
    log: EventLog,
    private readonly meter: IngestMeter,
    readiness: Readiness,
  ) {
    this.lanes = Array.from({ length: LANES }, () => {
      return new EventLane(new BatchWriter(log, () => meter.exhausted()), () => this.goOn());
    });
    readiness.add(() => this.hindered());
  }

  /**
   * Records events, each on its own merits, and answers in their order once they and all that is derived from them
   * are durably committed. Rejects when one of them could not be stored for now, once the others are settled, and with
   * Problem 503 when too many events wait; all may then be sent again, since recording is idempotent.
   */
  async record(events: readonly NewEvent[]): Promise<Recorded[]> {
    const { waiting } = this;
    if (waiting > 0 && waiting + events.length > MOST_WAITING) {
      throw new Problem(503, 'Too many events are waiting to be stored; send again shortly.', [], {
        'Retry-After': '1',
      });
    }
    return this.queue(events);
  }

  /** As `record`, for what follows of a batch that is under way: waits for room, and so holds up its sender. */
  async recordMore(events: readonly NewEvent[]): Promise<Recorded[]> {
    if (events.length > 0 && this.waiting >= MOST_OF_BATCHES) {
      await new Promise<void>((resolve) => this.held.push(resolve));
    }
    return this.queue(events);
  }

  private hindered(): string | null {
    const now = performance.now();
    return this.lanes.map((lane) => lane.hindered(now)).find((reason) => reason !== null) ?? null;
  }

  private get waiting(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  }

  private async queue(events: readonly NewEvent[]): Promise<Recorded[]> {
    if (events.length === 0) return [];
    this.meter.queued(events.length);
    return this.addToLanes(events).finally(() => this.meter.settled(events.length));
  }

  /** One at a time: what it adds is written in turn, and lets the next one go on. */
  private goOn(): void {
    if (this.waiting < MOST_OF_BATCHES) this.held.shift()?.();
  }

  private addToLanes(events: readonly NewEvent[]): Promise<Recorded[]> {
    return new Promise((resolve, reject) => {
      const answers: Recorded[] = [];
      const refused: unknown[] = [];
      let left = events.length;
      const settled = (): void => {
        if (--left > 0) return;
        if (refused.length > 0) reject(refused[0]);
        else resolve(answers);
      };
      const refuse = (cause: unknown): void => {
        refused.push(cause);
        settled();
      };
      events.forEach((event, index) => {
        const answer = (recorded: Recorded): void => {
          answers[index] = recorded;
          this.meter.count(recorded.outcome);
          settled();
        };
        this.laneOf(event.pipeline_id).add({ event, answer, refuse });
      });
    });
  }

  private laneOf(pipelineId: string): EventLane {
    let hash = 0;
    for (let i = 0; i < pipelineId.length; i++) hash = (hash * 31 + pipelineId.charCodeAt(i)) | 0;
    return this.lanes[Math.abs(hash) % LANES] as EventLane;
  }
}
