import { Logger } from '@nestjs/common';
import { isDatabaseAway } from '../database/database-away.js';
import type { NewEvent, Recorded } from './event.js';
import { type EventLog, type Known, keyOf } from './event-log.js';

/** One event on its way, and whom to tell what became of it. */
export interface Pending {
  event: NewEvent;
  answer: (recorded: Recorded) => void;
  refuse: (cause: unknown) => void;
}

const MOST_IN_BATCH = 500;

/** A queue with one batch in flight: whatever arrives meanwhile goes together as the next. No timer. */
export class EventLane {
  private readonly logger = new Logger(EventLane.name);
  private queue: Pending[] = [];
  private inFlight = 0;

  /** @param written is told after each batch */
  constructor(
    private readonly log: Pick<EventLog, 'append'>,
    private readonly written: () => void,
  ) {}

  get waiting(): number {
    return this.queue.length + this.inFlight;
  }

  add(pending: Pending): void {
    this.queue.push(pending);
    if (this.inFlight === 0) void this.drain();
  }

  private async drain(): Promise<void> {
    this.inFlight = 1;
    // What the same turn of the event loop still adds belongs to this batch.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.takeBatch();
      this.inFlight = batch.length;
      await this.write(batch);
      this.written();
    }
    this.inFlight = 0;
  }

  /**
   * The pipelines whose turn it is, with all that waits of each: of few pipelines a batch is written faster. One that
   * has more than fits goes to the end, so that the others do not wait for all of it.
   */
  private takeBatch(): Pending[] {
    if (this.queue.length <= MOST_IN_BATCH) return this.queue.splice(0);
    const groups = groupBy(this.queue, ({ event }) => event.pipeline_id);
    const batch: Pending[] = [];
    for (const [pipelineId, group] of groups) {
      groups.delete(pipelineId);
      batch.push(...group.splice(0, MOST_IN_BATCH - batch.length));
      if (group.length > 0) groups.set(pipelineId, group);
      if (batch.length === MOST_IN_BATCH) break;
    }
    this.queue = [...groups.values()].flat();
    return batch;
  }

  /** A batch that the database refuses is halved until the guilty event fails alone. */
  private async write(batch: Pending[]): Promise<void> {
    const groups = groupBy(batch, ({ event }) => keyOf(event));
    try {
      const known = await this.log.append([...groups.values()].flatMap(([first]) => (first ? [first.event] : [])));
      for (const [key, group] of groups) answerGroup(group, known.get(key));
    } catch (cause) {
      await this.writeHalves(batch, cause);
    }
  }

  private async writeHalves(batch: Pending[], cause: unknown): Promise<void> {
    if (isDatabaseAway(cause)) {
      for (const pending of batch) pending.refuse(cause);
    } else if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      await this.write(batch.slice(0, middle));
      await this.write(batch.slice(middle));
    } else {
      this.logger.error({ msg: 'an event could not be stored', err: cause });
      for (const pending of batch) pending.answer({ outcome: 'failed', cause });
    }
  }
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Events under one key in one batch: the first was stored now, or all meet what was known before. */
function answerGroup(group: Pending[], known: Known | undefined): void {
  const [first] = group;
  if (!first) return;
  const stored = known ?? first.event;
  for (const { event, answer } of group) {
    if (event.content_hash !== stored.content_hash) answer({ outcome: 'conflict', event });
    else if (event === stored) answer({ outcome: 'created', event });
    else {
      const { occurred_at, received_at } = stored;
      answer({ outcome: 'duplicate', event: { ...event, occurred_at, received_at } });
    }
  }
}
