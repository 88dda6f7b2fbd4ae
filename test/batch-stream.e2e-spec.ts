import { setTimeout as sleep } from 'node:timers/promises';
import { startApp, type TestApp } from './support/app.js';
import { BatchSender, commits } from './support/batch-sender.js';

describe('a batch that is sent as a stream', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const sender = (token = app.admin): BatchSender => new BatchSender(app.url, token);

  async function stored(pipeline: string): Promise<number> {
    const [row] = await app.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM devopstic.events WHERE pipeline_id = $1',
      [pipeline],
    );
    return row?.count ?? 0;
  }

  async function untilStored(pipeline: string, count: number): Promise<void> {
    while ((await stored(pipeline)) < count) await sleep(20);
  }

  /** A transaction that keeps everybody else from recording, until it is let go. */
  async function lock(): Promise<{ locked(): Promise<number[]>; letGo(): Promise<void> }> {
    const runner = app.dataSource.createQueryRunner();
    await runner.query('BEGIN');
    await runner.query('LOCK TABLE devopstic.events');
    return {
      locked: async () => {
        const rows = (await runner.query(
          'SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database WHERE NOT granted AND datname = current_database()',
        )) as { pid: number }[];
        return rows.map(({ pid }) => pid);
      },
      letGo: async () => {
        await runner.query('COMMIT');
        await runner.release();
      },
    };
  }

  /** Events that the recorder holds. */
  async function waiting(): Promise<number> {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    return Number(/^devopstic_events_waiting (\d+)/m.exec(metrics)?.[1]);
  }

  it('names each rejected item by its place, and in their order', async () => {
    await app.request('POST', '/events', { body: { ...commits('places', 500, 501)[0], author: 'ada' } });
    const lines: (object | string)[] = commits('places', 0, 2500);
    // A whole chunk of them is known to be wrong before the one ahead of it is recorded.
    const wrong = [0, 999, ...Array.from({ length: 1000 }, (_, i) => 1000 + i), 2499];
    for (const place of wrong) lines[place] = '{';
    const sending = sender();
    await sending.send(lines);
    const { status, body } = await sending.end();
    const errors = body['errors'] as { index: number }[];
    expect({ status, ...body, errors: errors.map(({ index }) => index) }).toEqual({
      status: 200,
      accepted: 1496,
      duplicates: 0,
      rejected: 1004,
      errors: [0, 500, ...wrong.slice(1)].slice(0, 1000),
    });
  });

  it('lists 1000 reasons at most, the first, and counts all', async () => {
    const sending = sender();
    for (let sent = 0; sent < 30; sent++) await sending.send(Array.from({ length: 100 }, () => '{'));
    const { body } = await sending.end();
    const errors = body['errors'] as { index: number }[];
    expect(body['rejected']).toBe(3000);
    expect(errors.map(({ index }) => index)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });

  it('is taken chunk by chunk while it comes in; what its sender does not end stays as far as it came', async () => {
    const sending = sender();
    await sending.send(commits('broken', 0, 1500));
    await untilStored('broken', 1000);
    sending.breakOff();
    await sleep(200);
    expect(await stored('broken')).toBe(1000);
    const again = sender();
    await again.send(commits('broken', 0, 1600));
    expect((await again.end()).body).toEqual({ accepted: 600, duplicates: 1000, rejected: 0, errors: [] });
  });

  it('is refused before any of it is read, if its sender may not send', async () => {
    const sending = sender('nonsense');
    const { status, headers } = await sending.answer;
    expect({ status, connection: headers.connection }).toEqual({ status: 401, connection: 'keep-alive' });
    // What the sender has not noticed yet is thrown away for a while; then the connection is closed.
    await sending.send(['{}']);
    await sending.closed();
  }, 20_000);

  it('ends with 503 and how far it came when the database goes away, though the sender pauses', async () => {
    const sending = sender();
    await sending.send(commits('away', 0, 1000));
    await untilStored('away', 1000);
    const held = await lock();
    await sending.send(commits('away', 1000, 2000));
    let locked: number[] = [];
    while (locked.length === 0) locked = await held.locked();
    await app.dataSource.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [locked]);
    const { status, headers, body } = await sending.answer;
    await held.letGo();
    expect({ status, retry: headers['retry-after'], progress: body['progress'] }).toEqual({
      status: 503,
      retry: '5',
      progress: { items: 1000, accepted: 1000, duplicates: 0, rejected: 0 },
    });
    expect(await stored('away')).toBe(1000);
  });

  it('waits for its turn, once it has begun, where a new one would be refused', async () => {
    const held = await lock();
    const sending = Array.from({ length: 12 }, () => sender());
    const sent = sending.map(async (one) => {
      for (let from = 0; from < 2000; from += 100) await one.send(commits('crowd', from, from + 100));
      return one.end();
    });
    while ((await waiting()) < 12_000) await sleep(20);
    await sleep(1000);
    await held.letGo();
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const total = (name: string): number => answers.reduce((sum, { body }) => sum + Number(body[name]), 0);
    expect([total('accepted'), total('duplicates')]).toEqual([2000, 22_000]);
  }, 60_000);
});
