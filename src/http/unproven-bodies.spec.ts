import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { MOST_BYTES, MOST_OF_ADDRESS, UnprovenBodies } from './unproven-bodies.js';
import { WholeBody } from './whole-body.js';

const MEBIBYTE = 1_048_576;
const PIECE = Buffer.alloc(65_536);

describe('bodies whose senders are not known', () => {
  /** Senders that send as much as they are told, and how each of their bodies ended. */
  function crowd() {
    const unproven = new UnprovenBodies();
    const bodies: WholeBody[] = [];
    const sender = (address: string) => {
      const source = new PassThrough();
      const body = new WholeBody(source as unknown as IncomingMessage, 25 * MEBIBYTE);
      unproven.watch(body, address);
      bodies.push(body);
      const ended = body.bytes.then(
        (bytes) => bytes.length,
        (problem: { status: number }) => problem.status,
      );
      const send = async (bytes: number): Promise<void> => {
        for (let left = bytes; left > 0; left -= PIECE.length) source.write(PIECE.subarray(0, left));
        await new Promise((resolve) => setImmediate(resolve));
      };
      return { send, ended, finish: () => source.end() };
    };
    return { sender, held: () => bodies.reduce((sum, { held }) => sum + held, 0) };
  }

  it('take no more than the bound, of all and of one address', async () => {
    const { sender, held } = crowd();
    for (let n = 0; n < 4; n++) await sender('192.0.2.1').send(24 * MEBIBYTE);
    expect(held()).toBeLessThanOrEqual(MOST_OF_ADDRESS);
    for (let n = 0; n < 6; n++) await sender(`198.51.100.${n}`).send(24 * MEBIBYTE);
    expect(held()).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('are let in whoever sits on the bound: who has stalled is ended, who sends is not', async () => {
    const { sender, held } = crowd();
    const strangers = Array.from({ length: 100 }, (_, n) => sender(`198.51.100.${n}`));
    for (const { send } of strangers) await send(MEBIBYTE - 1);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const small = sender('192.0.2.1');
    const large = sender('192.0.2.1');
    for (let sent = 0; sent < 20; sent++) await large.send(MEBIBYTE);
    await small.send(MEBIBYTE);
    small.finish();
    large.finish();
    expect([await small.ended, await large.ended]).toEqual([MEBIBYTE, 20 * MEBIBYTE]);
    expect(held()).toBeLessThanOrEqual(MOST_BYTES);
    expect(await strangers[0]?.ended).toBe(503);
  });

  it('count though next to nothing is in them', async () => {
    const { sender } = crowd();
    const first = sender('192.0.2.1');
    await first.send(1);
    for (let n = 0; n < 2100; n++) await sender('192.0.2.1').send(1);
    expect(await first.ended).toBe(503);
  });

  it('take no more memory for coming in single bytes', async () => {
    const source = new PassThrough();
    const body = new WholeBody(source as unknown as IncomingMessage, MEBIBYTE);
    for (let n = 0; n < 100_000; n++) source.write('x');
    source.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(body.held).toBeLessThan(300_000);
    expect((await body.bytes).toString()).toBe('x'.repeat(100_000));
  });
});
