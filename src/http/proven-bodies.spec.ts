import { jest } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { ProvenBodies } from './proven-bodies.js';
import { WholeBody } from './whole-body.js';

const MEBIBYTE = 1_048_576;
const LIMIT = 25 * MEBIBYTE;

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('large bodies of senders who are known', () => {
  let proven: ProvenBodies;
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    proven = new ProvenBodies(10 * MEBIBYTE);
  });
  afterEach(() => jest.useRealTimers());

  /** Sends so many mebibytes, and holds the end back if it is told to. */
  async function send(mebibytes: number, { says = true, ends = true } = {}) {
    const source = new PassThrough({ highWaterMark: LIMIT });
    const body = new WholeBody(source as unknown as IncomingMessage, LIMIT);
    const letGo = proven.watch(body, says ? mebibytes * MEBIBYTE : null, LIMIT);
    const sender = { source, body, letGo, ended: 'no' as unknown };
    body.bytes.then(
      ({ length }) => (sender.ended = length / MEBIBYTE),
      (problem: unknown) => {
        sender.ended = problem;
        letGo();
      },
    );
    for (let sent = 0; sent < mebibytes; sent++) source.write(Buffer.alloc(MEBIBYTE));
    if (ends) source.end();
    await turn();
    return sender;
  }

  it('come in while there is room, and the others in their turn, not read before', async () => {
    const [first, second, third] = [await send(6), await send(5), await send(2)];
    expect([first.ended, second.ended, third.ended]).toEqual([6, 'no', 'no']);
    expect([second.body.held, third.body.held]).toEqual([0, 0]);
    first.letGo();
    await turn();
    expect([second.ended, third.ended]).toEqual([5, 2]);
  });

  it('come in alone though one is larger than the bound', async () => {
    const small = await send(2);
    const larger = await send(20);
    expect(larger.ended).toBe('no');
    small.letGo();
    await turn();
    expect(larger.ended).toBe(20);
  });

  it('hold up none of up to a mebibyte, whether it says its length or not', async () => {
    await send(10, { ends: false });
    expect([(await send(1)).ended, (await send(1, { says: false })).ended]).toEqual([1, 1]);
  });

  it('wait at a mebibyte if they do not say their length', async () => {
    const first = await send(10);
    const silent = await send(3, { says: false });
    expect([silent.ended, silent.body.received]).toEqual(['no', 2 * MEBIBYTE]);
    first.letGo();
    await turn();
    expect(silent.ended).toBe(3);
  });

  it('are asked to come back after twenty seconds, and let the next one in when they leave', async () => {
    const first = await send(6);
    const large = await send(20);
    jest.advanceTimersByTime(21_000);
    await turn();
    expect(large.ended).toMatchObject({ status: 503, message: expect.stringMatching(/^Too much at once/) });
    const next = await send(4);
    large.letGo();
    await turn();
    expect([first.ended, next.ended]).toEqual([6, 4]);
  });

  it('lose their room to those who wait if they stall, and go on if they do not', async () => {
    const [stalled, slow] = [await send(6, { ends: false }), await send(2, { ends: false })];
    for (let quiet = 0; quiet < 12; quiet++) jest.advanceTimersByTime(5000);
    await turn();
    expect([stalled.ended, slow.ended]).toEqual(['no', 'no']);
    const next = await send(5);
    for (let pieces = 0; pieces < 3; pieces++) {
      slow.source.write(Buffer.alloc(65_536));
      await turn();
      jest.advanceTimersByTime(5000);
      await turn();
    }
    expect([stalled.ended, slow.ended, next.ended]).toMatchObject([{ status: 503 }, 'no', 5]);
  });

  it('keep it once they have come in, however long they take to be stored', async () => {
    const stored = await send(10);
    await send(2);
    jest.advanceTimersByTime(19_000);
    await turn();
    const next = await send(3);
    expect([stored.ended, next.ended]).toEqual([10, 'no']);
    expect(stored.body.received).toBe(10 * MEBIBYTE);
  });

  it('have their two minutes from when they are let in', async () => {
    const first = await send(10);
    const slow = await send(2, { ends: false });
    jest.advanceTimersByTime(19_000);
    first.letGo();
    await turn();
    jest.advanceTimersByTime(110_000);
    await turn();
    expect(slow.ended).toBe('no');
    jest.advanceTimersByTime(11_000);
    await turn();
    expect(slow.ended).toMatchObject({ status: 408 });
  });

  it('leave room once, however often it is said', async () => {
    const first = await send(6);
    const second = await send(4);
    first.letGo();
    first.letGo();
    const third = await send(7);
    expect([second.ended, third.ended]).toEqual([4, 'no']);
  });
});
