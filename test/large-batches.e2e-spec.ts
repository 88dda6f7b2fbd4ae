import { jest } from '@jest/globals';
import v8 from 'node:v8';
import { startApp, type TestApp } from './support/app.js';
import { commits } from './support/batch-sender.js';
import { HalfSent } from './support/half-sent.js';

const MEBIBYTE = 1_048_576;
const EVENTS = 25;

describe('large batches at once, on a heap that has room for one', () => {
  let app: TestApp;
  let senders: HalfSent[] = [];
  beforeAll(async () => {
    const heap = v8.getHeapStatistics();
    jest.spyOn(v8, 'getHeapStatistics').mockReturnValue({ ...heap, heap_size_limit: 16 * MEBIBYTE });
    app = await startApp();
  });
  afterEach(() => {
    senders.forEach((sender) => sender.end());
    senders = [];
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  /** The events of a batch, and much after them: what counts is how long it is. */
  const batch = (n: number): string => JSON.stringify(commits(`batch-${n}`, 0, EVENTS)).padEnd(1.5 * MEBIBYTE);

  function begin(bytes: number, more: Record<string, string> = {}): HalfSent {
    const headers = {
      authorization: `Bearer ${app.admin}`,
      'content-type': 'application/json',
      'content-length': String(bytes),
      ...more,
    };
    const sender = new HalfSent(app.url).head({ path: '/events/batch', headers });
    senders.push(sender);
    return sender;
  }

  /** One that has been let in: it was asked for its body. */
  async function beginInside(bytes: number): Promise<HalfSent> {
    const sender = begin(bytes, { expect: '100-continue' });
    expect((await sender.answer()).status).toBe(100);
    return sender.next();
  }

  it('wait for each other and are all stored, and single events pass meanwhile', async () => {
    const first = await beginInside(batch(0).length);
    first.write(batch(0).slice(0, -1));
    const others = [1, 2, 3].map((n) => begin(batch(n).length).write(batch(n)));
    const answers = others.map((sender) => sender.answer());
    for (const event of commits('single', 0, 10)) {
      expect((await app.request('POST', '/events', { body: event })).status).toBe(201);
    }
    expect(await Promise.race([...answers, Promise.resolve('all wait')])).toBe('all wait');
    first.write(batch(0).slice(-1));
    for (const { status, text } of await Promise.all([first.answer(), ...answers])) {
      expect([status, text]).toEqual([200, expect.stringContaining(`"accepted":${EVENTS},`)]);
    }
  });

  it('make room when one is not JSON, or is broken off', async () => {
    const broken = await beginInside(2 * MEBIBYTE);
    const wrong = begin(2 * MEBIBYTE).write('x'.repeat(2 * MEBIBYTE));
    const right = begin(batch(4).length).write(batch(4));
    broken.end();
    expect([(await wrong.answer()).status, (await right.answer()).status]).toEqual([400, 200]);
  });
});
