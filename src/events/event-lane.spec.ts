import { setImmediate } from 'node:timers/promises';
import { BatchWriter } from './batch-writer.js';
import type { NewEvent, Recorded } from './event.js';
import { EventLane } from './event-lane.js';

const MOST = 500;

/** An event of a pipeline; what else it tells is of no concern to a lane. */
function anEvent(pipeline_id: string, id: string): NewEvent {
  return {
    id,
    type: 'commit',
    status: 'success',
    pipeline_id,
    commit_id: id,
    occurred_at: '2026-03-02T08:00:00.000Z',
    time_inferred: false,
    received_at: '2026-03-02T08:00:00.000Z',
    content_hash: id,
  };
}

/** A lane whose log only notes what it is given, and the events of a pipeline in the order of their numbers. */
function laneOf() {
  const batches: NewEvent[][] = [];
  const lane = new EventLane(
    new BatchWriter(
      {
        append: async (events) => {
          batches.push(events);
          return new Map();
        },
      },
      () => undefined,
    ),
    () => undefined,
  );
  const add = (pipeline_id: string, count: number, first = 0): Promise<Recorded>[] =>
    Array.from({ length: count }, (_, index) => {
      const event = anEvent(pipeline_id, String(first + index));
      return new Promise((answer, refuse) => lane.add({ event, answer, refuse }));
    });
  return { batches, lane, add };
}

const idsOf = (batches: NewEvent[][], pipeline_id: string): string[] =>
  batches.flatMap((batch) => batch.filter((event) => event.pipeline_id === pipeline_id).map(({ id }) => id));
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

describe('a lane of events', () => {
  it('lets a pipeline with few of them have its turn beside one with thousands', async () => {
    const { batches, lane, add } = laneOf();
    const waiting = [...add('busy', 3000), ...add('quiet', 3), ...add('third', 700)];
    const recorded = await Promise.all(waiting);
    expect(batches.findIndex((batch) => batch.some(({ pipeline_id }) => pipeline_id === 'quiet'))).toBeLessThan(2);
    expect(batches.findIndex((batch) => batch.some(({ pipeline_id }) => pipeline_id === 'third'))).toBeLessThan(3);
    expect(recorded.every(({ outcome }) => outcome === 'created')).toBe(true);
    // The answers come before the lane itself takes note.
    await setImmediate();
    expect(lane.waiting).toBe(0);
  });

  it('loses none, and keeps the order of each pipeline', async () => {
    const { batches, add } = laneOf();
    const first = [...add('busy', 2000), ...add('quiet', 3)];
    await first[0];
    await Promise.all([...first, ...add('quiet', 4, 3), ...add('busy', 1300, 2000)]);
    expect(idsOf(batches, 'busy')).toEqual(numbers(3300));
    expect(idsOf(batches, 'quiet')).toEqual(numbers(7));
  });

  it('writes no more than 500 at once, and as many if there are', async () => {
    const { batches, add } = laneOf();
    const pipelines = Array.from({ length: 400 }, (_, index) => `pipeline ${index}`);
    await Promise.all(pipelines.flatMap((pipeline_id) => add(pipeline_id, 4)));
    expect(batches.map(({ length }) => length)).toEqual([MOST, MOST, MOST, 100]);
  });

  it('says that it is held up while a batch takes long', async () => {
    let end = (): void => undefined;
    const write = () => new Promise<void>((resolve) => (end = resolve));
    const lane = new EventLane({ write, unableSince: null }, () => undefined);
    lane.add({ event: anEvent('a', '1'), answer: () => undefined, refuse: () => undefined });
    await setImmediate();
    const now = performance.now();
    expect([lane.hindered(now), lane.hindered(now + 31_000)]).toEqual([null, expect.stringContaining('takes long')]);
    end();
    await setImmediate();
    expect(lane.hindered(now + 31_000)).toBeNull();
  });

  it('says that nothing can be stored, until that is to be tried anew', () => {
    const lane = new EventLane({ write: async () => undefined, unableSince: 5 }, () => undefined);
    expect([lane.hindered(6), lane.hindered(11_000)]).toEqual([expect.stringContaining('cannot store'), null]);
  });
});
