import v8 from 'node:v8';
import { MEBIBYTE } from './body.js';
import { Problem } from './problem.js';
import type { WholeBody } from './whole-body.js';

/**
 * Parsed, events take about twice their bytes on the heap: a quarter of it is then for those that came in large bodies. Of
 * the 256 MiB that the chart's container gives, that is one of the largest bodies, and some.
 */
const SHARE_OF_HEAP = 1 / 8;
/** Whoever sends so little never waits: it is one event, not a batch of thousands. */
const SMALL = MEBIBYTE;
/** A sender whose turn has not come by then is asked to come back, before it takes us for dead. */
const PATIENCE_MS = 20_000;
/** While others wait for room, who has it has to send at least so much in so long; what takes longer is for quiet times. */
const PERIOD_MS = 5000;
const LEAST_IN_PERIOD = 65_536;

interface Large {
  body: WholeBody;
  bytes: number;
  tired: NodeJS.Timeout;
  pace?: NodeJS.Timeout;
}

/**
 * Bounds the memory that large bodies of senders who are known take together, from the first byte until what is in them
 * is stored and answered. Who has to wait for room is not read from, and so is held up where it sends. Turns go by arrival, and
 * nobody keeps its room who does not use it.
 */
export class ProvenBodies {
  private readonly waiting = new Set<Large>();
  private readonly inside = new Set<Large>();
  private bytes = 0;

  /** @param most bytes of them all; one alone may have more */
  constructor(private readonly most = v8.getHeapStatistics().heap_size_limit * SHARE_OF_HEAP) {}

  /**
   * @param declared its length in bytes; null: its sender does not say
   * @param limit bytes that it can have at most
   * @returns to be called once nothing of it is in memory any more
   */
  watch(body: WholeBody, declared: number | null, limit: number): () => void {
    let one: Large | undefined;
    const begin = (): void => void (one ??= this.ask(body, declared ?? limit));
    if ((declared ?? 0) > SMALL) begin();
    body.onArrival = () => {
      if (body.received > SMALL) begin();
    };
    return () => one && this.leave(one);
  }

  private ask(body: WholeBody, bytes: number): Large {
    const tired = setTimeout(() => body.breakOff(crowded()), PATIENCE_MS).unref();
    const one = { body, bytes, tired };
    body.pause();
    this.waiting.add(one);
    this.letIn();
    return one;
  }

  private letIn(): void {
    for (const one of this.waiting) {
      if (this.inside.size > 0 && this.bytes + one.bytes > this.most) return;
      this.waiting.delete(one);
      this.inside.add(one);
      this.bytes += one.bytes;
      clearTimeout(one.tired);
      one.pace = this.watchPace(one.body);
      one.body.goOn();
    }
  }

  /** What has come in as a whole cannot be broken off any more, however long it takes to store it. */
  private watchPace(body: WholeBody): NodeJS.Timeout {
    let before = body.received;
    return setInterval(() => {
      const came = body.received - before;
      before = body.received;
      if (this.waiting.size > 0 && came < LEAST_IN_PERIOD) body.breakOff(crowded());
    }, PERIOD_MS).unref();
  }

  private leave(one: Large): void {
    clearTimeout(one.tired);
    clearInterval(one.pace);
    this.waiting.delete(one);
    if (this.inside.delete(one)) this.bytes -= one.bytes;
    this.letIn();
  }
}

function crowded(): Problem {
  return new Problem(503, 'Too much at once is being taken in; send again shortly.', [], { 'Retry-After': '5' });
}
