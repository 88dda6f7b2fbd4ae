import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Caller, mayWrite } from '../auth/caller.js';
import { Interrupted, type Progress } from '../http/problem.js';
import { type AnyIterable, type BatchItem, chunksOf } from './batch-chunks.js';
import type { NewEvent, Recorded } from './event.js';
import { CONFLICT, NOT_YOURS, UNSTORABLE } from './event-intake.js';
import { type FieldError, readEvent } from './event.reader.js';
import { EventRecorder } from './event-recorder.js';
import { IngestMeter } from './ingest-meter.js';

/** Errors that an answer lists; all are counted. */
const MOST_ERRORS = 1000;

class BatchError {
  @ApiProperty({ type: 'integer', minimum: 0, description: "The item's place in the batch, from 0.", example: 3 })
  index!: number;

  @ApiProperty({ description: 'What is wrong with it.', example: 'is required' })
  detail!: string;

  @ApiProperty({
    description: 'JSON pointer of the field within the item; empty for the item as a whole.',
    example: '/commit_id',
  })
  pointer!: string;
}

export class BatchResult {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'Items stored now; with `repeated_since`, since then.',
    example: 997,
  })
  accepted = 0;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'Items that were stored before with the same content.',
    example: 2,
  })
  duplicates = 0;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Items that were not stored.', example: 1 })
  rejected = 0;

  @ApiProperty({ type: [BatchError], description: `Why items were rejected: the first ${MOST_ERRORS} reasons.` })
  errors: BatchError[] = [];
}

type ItemRead = { event: NewEvent } | { errors: FieldError[] };

/** Takes many events, each on its own merits. */
@Injectable()
export class BatchIntake {
  constructor(
    private readonly recorder: EventRecorder,
    private readonly meter: IngestMeter,
  ) {}

  /**
   * Consumes the items chunk by chunk, and reads one chunk while the one before it is being recorded. What is recorded
   * stays, whatever happens to the rest.
   * @param repeated_since null, or when the sender began to send them: what came since then came from it, and counts as new
   * @throws Interrupted if the items break off or cannot be recorded
   */
  async take(
    items: AnyIterable<BatchItem>,
    caller: Caller,
    received: Date,
    repeated_since: Date | null = null,
  ): Promise<BatchResult> {
    const result = new BatchResult();
    const chunks = chunksOf(items, (item) => readItem(item, caller, received));
    let settled = Promise.resolve();
    try {
      for (let begun = false; ; begun = true) {
        const next = chunks.next();
        // The sender may take its time; a chunk that cannot be recorded is to be told at once.
        const { done, value: chunk } = await Promise.race([next, settled.then(() => next)]);
        if (done) break;
        const recorded = this.record(chunk, begun);
        const before = settled;
        settled = Promise.all([recorded, before]).then(([outcomes]) =>
          this.settle(result, chunk, outcomes, repeated_since),
        );
        settled.catch(() => undefined);
        await before;
      }
      await settled;
    } catch (cause) {
      await settled.catch(() => undefined);
      throw new Interrupted(cause, progressOf(result));
    }
    return result;
  }

  /** Only what has not begun is refused when too many events wait. */
  private record(chunk: readonly ItemRead[], begun: boolean): Promise<Recorded[]> {
    const events = chunk.flatMap((item) => ('event' in item ? [item.event] : []));
    return begun ? this.recorder.recordMore(events) : this.recorder.record(events);
  }

  private settle(
    result: BatchResult,
    chunk: readonly ItemRead[],
    outcomes: readonly Recorded[],
    repeated_since: Date | null,
  ): void {
    let next = 0;
    for (const item of chunk) {
      if ('event' in item) count(result, outcomes[next++] as Recorded, repeated_since);
      else {
        this.meter.count('rejected');
        reject(result, item.errors);
      }
    }
  }
}

function readItem(item: BatchItem, caller: Caller, received: Date): ItemRead {
  if ('unreadable' in item) return { errors: [{ pointer: '', detail: item.unreadable }] };
  const read = readEvent(item.value, received);
  if ('event' in read && !mayWrite(caller, read.event.pipeline_id)) {
    return { errors: [{ pointer: '/pipeline_id', detail: NOT_YOURS }] };
  }
  return read;
}

function count(result: BatchResult, recorded: Recorded, repeated_since: Date | null): void {
  if (recorded.outcome === 'created') result.accepted++;
  else if (recorded.outcome === 'duplicate' && isNew(recorded.event, repeated_since)) result.accepted++;
  else if (recorded.outcome === 'duplicate') result.duplicates++;
  else if (recorded.outcome === 'conflict') reject(result, [{ pointer: '/id', detail: CONFLICT }]);
  else reject(result, [{ pointer: '', detail: UNSTORABLE }]);
}

function isNew({ received_at }: NewEvent, repeated_since: Date | null): boolean {
  return repeated_since !== null && Date.parse(received_at) >= repeated_since.getTime();
}

/** Items are settled in their order, so the place of the next one is the number of those before it. */
function reject(result: BatchResult, errors: FieldError[]): void {
  const { items: index } = progressOf(result);
  result.rejected++;
  const room = MOST_ERRORS - result.errors.length;
  result.errors.push(...errors.slice(0, room).map(({ detail, pointer }) => ({ index, detail, pointer })));
}

function progressOf({ accepted, duplicates, rejected }: BatchResult): Progress {
  return { items: accepted + duplicates + rejected, accepted, duplicates, rejected };
}
