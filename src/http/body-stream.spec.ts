import { jest } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { BodyStream } from './body-stream.js';

describe('the stream of a body', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  /** A request's body, to be sent by the test. */
  function aBody(): { source: PassThrough; body: BodyStream } {
    const source = new PassThrough();
    return { source, body: new BodyStream(source as unknown as IncomingMessage) };
  }

  async function read(body: BodyStream): Promise<string> {
    let text = '';
    for await (const chunk of body) text += String(chunk);
    return text;
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('has no time in which it must end, as long as something comes', async () => {
    const { source, body } = aBody();
    const whole = read(body);
    for (let minute = 0; minute < 100; minute++) {
      source.write('.');
      await turn();
      jest.advanceTimersByTime(59_000);
    }
    source.end();
    expect(await whole).toBe('.'.repeat(100));
  });

  it('ends with 408 when nothing comes for a minute', async () => {
    const { source, body } = aBody();
    const whole = read(body);
    source.write('.');
    await turn();
    jest.advanceTimersByTime(61_000);
    await expect(whole).rejects.toMatchObject({ status: 408 });
  });

  it('does not blame its sender for a slow reader', async () => {
    const { source, body } = aBody();
    source.end('.');
    await turn();
    jest.advanceTimersByTime(200_000);
    expect(await read(body)).toBe('.');
    const held = aBody();
    held.source.write('.'.repeat(100_000));
    await turn();
    jest.advanceTimersByTime(200_000);
    const whole = read(held.body);
    held.source.end();
    expect((await whole).length).toBe(100_000);
  });

  it('ends with 400 when its sender breaks off', async () => {
    const { source, body } = aBody();
    const whole = read(body);
    source.write('.');
    await turn();
    source.destroy();
    await expect(whole).rejects.toMatchObject({ status: 400, detail: 'The body broke off' });
  });
});
