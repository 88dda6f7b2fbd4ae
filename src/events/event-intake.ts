import { Injectable } from '@nestjs/common';
import { type Caller, mayWrite } from '../auth/caller.js';
import { Problem } from '../http/problem.js';
import { type Recorded, type StoredEvent, storedEvent } from './event.js';
import { type FieldError, readEvent } from './event.reader.js';
import { EventRecorder } from './event-recorder.js';
import { IngestMeter } from './ingest-meter.js';

export const CONFLICT = 'an event with this id and other content is already stored';
export const UNSTORABLE = 'cannot be stored by PostgreSQL, whenever it is sent; the log of the service says why';
export const NOT_YOURS = 'this key may not send events for this pipeline';

/** Takes one event from a caller: read, permitted, recorded; or the problem that says why not. */
@Injectable()
export class EventIntake {
  constructor(
    private readonly recorder: EventRecorder,
    private readonly meter: IngestMeter,
  ) {}

  async take(body: unknown, caller: Caller, received: Date): Promise<{ created: boolean; event: StoredEvent }> {
    const read = readEvent(body, received);
    if ('errors' in read) throw this.rejected(400, 'The event is not valid', read.errors);
    if (!mayWrite(caller, read.event.pipeline_id)) {
      throw this.rejected(403, 'The event is not permitted', [{ pointer: '/pipeline_id', detail: NOT_YOURS }]);
    }
    const [recorded] = await this.recorder.record([read.event]);
    return settled(recorded as Recorded);
  }

  private rejected(status: number, detail: string, errors: FieldError[]): Problem {
    this.meter.count('rejected');
    return new Problem(status, detail, errors);
  }
}

function settled(recorded: Recorded): { created: boolean; event: StoredEvent } {
  if (recorded.outcome === 'failed') {
    throw new Problem(400, 'The event cannot be stored', [{ pointer: '', detail: UNSTORABLE }]);
  }
  if (recorded.outcome === 'conflict') {
    throw new Problem(409, 'The event contradicts one that is stored', [{ pointer: '/id', detail: CONFLICT }]);
  }
  return { created: recorded.outcome === 'created', event: storedEvent(recorded.event) };
}
