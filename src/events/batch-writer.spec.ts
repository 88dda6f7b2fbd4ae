import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { BatchWriter } from './batch-writer.js';
import type { NewEvent } from './event.js';
import { keyOf } from './event-log.js';

// What is expected to fail is of no interest to whoever reads the tests' output.
beforeAll(() => Logger.overrideLogger(false));

function anEvent(pipeline_id: string, id: string): NewEvent {
  const at = '2026-03-02T08:00:00.000Z';
  const known = { type: 'commit', status: 'success', commit_id: id, content_hash: id, time_inferred: false } as const;
  return { ...known, id, pipeline_id, occurred_at: at, received_at: at };
}

/** A writer whose log refuses a batch by what is in it, with an SQLSTATE. */
function writing(refuses: (keys: readonly string[]) => string | null) {
  const stored: string[] = [];
  const tried: number[] = [];
  let exhausted = 0;
  const append = async (events: NewEvent[]) => {
    tried.push(events.length);
    const code = refuses(events.map((event) => `${event.pipeline_id}/${event.id}`));
    if (code !== null) throw Object.assign(new Error('refused'), { code });
    stored.push(...events.map((event) => `${event.pipeline_id}/${event.id}`));
    return new Map();
  };
  const writer = new BatchWriter({ append }, () => exhausted++);
  /** What became of each: its outcome, or the code or status that it was refused with. */
  const send = async (...events: NewEvent[]): Promise<Record<string, unknown>> => {
    const became: Record<string, unknown> = {};
    const note = (event: NewEvent, what: unknown) => (became[keyOf(event).replace('\0', '/')] = what);
    await writer.write(
      events.map((event) => ({
        event,
        answer: ({ outcome }) => note(event, outcome),
        refuse: (cause) => note(event, (cause as { code?: string }).code ?? (cause as { status?: number }).status),
      })),
    );
    return became;
  };
  return { send, stored, tried, exhausted: () => exhausted };
}

const some = (pipeline_id: string, count: number) =>
  Array.from({ length: count }, (_, index) => anEvent(pipeline_id, String(index)));

describe('a batch that fails', () => {
  it('is halved until the event that cannot be stored fails alone', async () => {
    const { send, stored } = writing((keys) => (keys.includes('a/3') ? '22021' : null));
    expect(await send(...some('a', 8))).toMatchObject({ 'a/2': 'created', 'a/3': 'failed', 'a/4': 'created' });
    expect(stored).toHaveLength(7);
  });

  it.each(['53100', '25006', '28000', '42501', '42883', '40P01', 'XX000'])(
    'is given up whole and at once for %s, which is no fault of an event',
    async (state) => {
      const { send, tried } = writing(() => state);
      expect(new Set(Object.values(await send(...some('a', 8), ...some('b', 8))))).toEqual(new Set([state]));
      expect(tried).toEqual([16]);
    },
  );

  it('is no fault of its only event when the server does not answer', async () => {
    let blamed = 0;
    const frozen = new BatchWriter({ append: () => Promise.reject(new Error('Query read timeout')) }, () => blamed++);
    const refused = await new Promise((refuse) => {
      void frozen.write([{ event: anEvent('a', '1'), answer: refuse, refuse }]);
    });
    expect([blamed, refused]).toEqual([0, new Error('Query read timeout')]);
    expect(frozen.unableSince).not.toBeNull();
  });

  it('is halved no more once the database is away', async () => {
    let tries = 0;
    const { send, tried } = writing(() => (++tries === 1 ? '22003' : '57P01'));
    expect(new Set(Object.values(await send(...some('a', 8))))).toEqual(new Set(['57P01']));
    expect(tried).toEqual([8, 4, 4]);
  });

  it.each(['57014', '53200'])('is divided by pipeline and then by event for %s', async (state) => {
    const { send, tried, exhausted } = writing((keys) => (keys.includes('b/1') ? state : null));
    const became = await send(...some('a', 5), ...some('b', 3), ...some('c', 4));
    expect(Object.entries(became).filter(([, what]) => what !== 'created')).toEqual([['b/1', state]]);
    expect(tried).toEqual([12, 5, 3, 1, 1, 1, 4]);
    expect(exhausted()).toBe(1);
  });

  it('is given up when nothing of it can be stored in time, and nobody is blamed', async () => {
    const { send, tried, exhausted } = writing(() => '57014');
    const first = await send(...some('a', 50), ...some('b', 50));
    expect(new Set(Object.values(first))).toEqual(new Set(['57014']));
    expect(tried).toEqual([100, 50, 1, 1]);
    expect(exhausted()).toBe(0);
  });

  it('is divided by pipeline alone where one is locked', async () => {
    const { send, tried } = writing((keys) => (keys.some((key) => key.startsWith('b/')) ? '55P03' : null));
    const became = await send(...some('a', 5), ...some('b', 3));
    expect(Object.values(became).filter((what) => what === 'created')).toHaveLength(5);
    expect(tried).toEqual([8, 5, 3]);
  });
});

describe('an event that takes too long', () => {
  const slow = (ms: number) => {
    let poisonous = true;
    const made = writing((keys) => {
      if (!poisonous || !keys.includes('a/1')) return null;
      const until = performance.now() + ms;
      while (performance.now() < until);
      return '57014';
    });
    return { ...made, heal: () => (poisonous = false) };
  };

  it('rests when it comes again, and holds up nobody meanwhile', async () => {
    const { send, tried } = slow(100);
    await send(anEvent('a', '1'));
    expect(await send(...some('a', 3))).toEqual({ 'a/0': 'created', 'a/1': 503, 'a/2': 'created' });
    expect(tried).toEqual([1, 2]);
  });

  it('is tried again after that, apart from others, and stored once it can be', async () => {
    const { send, tried, heal } = slow(1);
    await send(anEvent('a', '1'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    heal();
    expect(await send(...some('a', 3))).toEqual({ 'a/0': 'created', 'a/1': 'created', 'a/2': 'created' });
    expect(await send(...some('a', 3))).toEqual({ 'a/0': 'created', 'a/1': 'created', 'a/2': 'created' });
    expect(tried).toEqual([1, 2, 1, 3]);
  });
});

describe('a pipeline that stays locked', () => {
  const LOCK_MS = 10_000;
  afterEach(() => jest.restoreAllMocks());

  /** By a clock that goes on only while a lock is waited for, or an event takes too long, and when it is told to. */
  const locked = (slow: readonly string[] = []) => {
    let now_ms = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now_ms);
    const state = { locked: true };
    const made = writing((keys) => {
      const code = state.locked && keys.some((key) => key.startsWith('b/')) ? '55P03' : null;
      const tooMuch = keys.some((key) => slow.includes(key)) ? '57014' : null;
      if (code ?? tooMuch) now_ms += LOCK_MS;
      return code ?? tooMuch;
    });
    return { ...made, state, wait: (ms: number) => (now_ms += ms) };
  };

  it('is tried again after its rest, as a whole and beside others, until it can be stored', async () => {
    const { send, tried, stored, state, wait } = locked();
    await send(...some('b', 50));
    wait(LOCK_MS);
    const again = await send(...some('b', 50), ...some('a', 5));
    expect(tried).toEqual([50, 5, 50]);
    expect(again).toMatchObject({ 'a/0': 'created', 'a/4': 'created', 'b/0': '55P03', 'b/49': '55P03' });
    wait(2 * LOCK_MS);
    state.locked = false;
    expect(new Set(Object.values(await send(...some('b', 50))))).toEqual(new Set(['created']));
    expect(stored).toHaveLength(55);
    await send(...some('b', 3), ...some('a', 3));
    expect(tried).toEqual([50, 5, 50, 50, 6]);
  });

  it('is asked once for all of its events that took too long before', async () => {
    const { send, tried, state, wait } = locked(['b/0', 'b/1']);
    state.locked = false;
    await send(anEvent('b', '0'));
    await send(anEvent('b', '1'));
    wait(LOCK_MS);
    state.locked = true;
    expect(await send(...some('b', 2), ...some('a', 1))).toEqual({ 'a/0': 'created', 'b/0': '55P03', 'b/1': 503 });
    expect(tried).toEqual([1, 1, 1, 1]);
  });
});
