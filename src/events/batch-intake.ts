import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Caller, mayWrite } from '../auth/caller.js';
import type { NewEvent, Recorded } from './event.js';
import { CONFLICT, NOT_YOURS } from './event-intake.js';
import { type FieldError, readEvent } from './event.reader.js';
import { EventRecorder } from './event-recorder.js';
import { IngestMeter } from './ingest-meter.js';

/** Items that are read and recorded at a time: bounds memory, and gives the sender's pace to the database. */
const CHUNK = 1000;
/** Errors that an answer lists; all are counted. */
const MOST_ERRORS = 1000;

export class BatchError {
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
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Items stored now.', example: 997 })
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

/** One item as it came: its value, or why it could not be parsed. */
export type BatchItem = { value: unknown } | { unreadable: string };

/** Takes many events, each on its own merits. */
@Injectable()
export class BatchIntake {
  constructor(
    private readonly recorder: EventRecorder,
    private readonly meter: IngestMeter,
  ) {}

  /** Consumes the items chunk by chunk; when the database goes away, what was recorded stays and the problem is thrown. */
  async take(
    items: AsyncIterable<BatchItem> | Iterable<BatchItem>,
    caller: Caller,
    received: Date,
  ): Promise<BatchResult> {
    const result = new BatchResult();
    let chunk: { index: number; event: NewEvent }[] = [];
    let index = 0;
    for await (const item of items) {
      const read = readItem(item, caller, received);
      if ('errors' in read) {
        this.meter.count('rejected');
        reject(result, index, read.errors);
      } else chunk.push({ index, event: read.event });
      index++;
      if (chunk.length === CHUNK) {
        await this.record(chunk, result);
        chunk = [];
      }
    }
    await this.record(chunk, result);
    result.errors.sort((a, b) => a.index - b.index);
    return result;
  }

  private async record(chunk: { index: number; event: NewEvent }[], result: BatchResult): Promise<void> {
    const recorded = await this.recorder.record(chunk.map((item) => item.event));
    for (const [i, { index }] of chunk.entries()) count(result, index, recorded[i] as Recorded);
  }
}

function readItem(item: BatchItem, caller: Caller, received: Date): { event: NewEvent } | { errors: FieldError[] } {
  if ('unreadable' in item) return { errors: [{ pointer: '', detail: item.unreadable }] };
  const read = readEvent(item.value, received);
  if ('event' in read && !mayWrite(caller, read.event.pipeline_id)) {
    return { errors: [{ pointer: '/pipeline_id', detail: NOT_YOURS }] };
  }
  return read;
}

function count(result: BatchResult, index: number, recorded: Recorded): void {
  if (recorded.outcome === 'created') result.accepted++;
  else if (recorded.outcome === 'duplicate') result.duplicates++;
  else if (recorded.outcome === 'conflict') reject(result, index, [{ pointer: '/id', detail: CONFLICT }]);
  else reject(result, index, [{ pointer: '', detail: 'could not be stored for a reason of ours, which is logged' }]);
}

function reject(result: BatchResult, index: number, errors: FieldError[]): void {
  result.rejected++;
  const room = MOST_ERRORS - result.errors.length;
  result.errors.push(...errors.slice(0, room).map(({ detail, pointer }) => ({ index, detail, pointer })));
}
