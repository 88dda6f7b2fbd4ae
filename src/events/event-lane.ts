import { type BatchWriter, groupBy, type Pending } from './batch-writer.js';

const MOST_IN_BATCH = 500;
/** A batch that is under way for longer holds up the lane. */
const LONG_MS = 30_000;
/** After this time it has to be tried anew whether events can be stored: nobody sends any to who is not ready. */
const RECENT_MS = 10_000;

/** A queue with one batch in flight: whatever arrives meanwhile goes together as the next. No timer. */
export class EventLane {
  private queue: Pending[] = [];
  private inFlight = 0;
  private beganAt = 0;

  /** @param written is told after each batch */
  constructor(
    private readonly writer: Pick<BatchWriter, 'write' | 'unableSince'>,
    private readonly written: () => void,
  ) {}

  get waiting(): number {
    return this.queue.length + this.inFlight;
  }

  /** Why events that come now would not be stored, at a time of performance.now(); null: nothing is known against it. */
  hindered(now_ms: number): string | null {
    const { unableSince } = this.writer;
    if (this.inFlight > 0 && now_ms - this.beganAt > LONG_MS)
      return 'Events are waiting for one that takes long to be stored';
    return unableSince !== null && now_ms - unableSince < RECENT_MS ? 'The database cannot store events' : null;
  }

  add(pending: Pending): void {
    this.queue.push(pending);
    if (this.inFlight === 0) void this.drain();
  }

  private async drain(): Promise<void> {
    this.inFlight = 1;
    this.beganAt = performance.now();
    // What the same turn of the event loop still adds belongs to this batch.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.takeBatch();
      this.inFlight = batch.length;
      this.beganAt = performance.now();
      await this.writer.write(batch);
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
}
