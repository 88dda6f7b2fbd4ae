import { Client } from 'pg';
import { connectionOptions } from '../src/database/connection.js';
import { POOLS, type PoolLimits } from '../src/database/pools.js';
import { ADMIN, startApp, type TestApp } from './support/app.js';

const READERS = 100;

let app: TestApp;
/** As somebody else in the database. */
let other: Client;
let frozen: number[] = [];

beforeAll(() => {
  // As long as a test may wait.
  const short: Partial<PoolLimits> = { wait_ms: 1000, statement_ms: 500, lock_ms: 2000 };
  Object.assign(POOLS.write, short);
  Object.assign(POOLS.read, { ...short, statement_ms: 3000 });
});
beforeEach(async () => {
  app = await startApp();
  other = new Client(connectionOptions(app.database));
  await other.connect();
});
afterEach(async () => {
  signal('SIGCONT');
  frozen = [];
  await other.end();
  await app.close();
});

const anEvent = (id: string) => ({ id, type: 'commit', pipeline_id: 'shop', commit_id: id });
const send = (id: string) => app.request('POST', '/events', { body: anEvent(id) });
const logIn = () => app.request('POST', '/tokens', { body: ADMIN, token: null });
const detailOf = async (answer: Response) => ((await answer.json()) as { detail: string }).detail;

/** Each pool may have one frozen connection to find out about. */
async function untilTaken(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function signal(name: NodeJS.Signals): void {
  for (const pid of frozen) process.kill(pid, name);
}

describe('questions that wait', () => {
  it('keep neither events nor logins waiting, and are not told that the database is away', async () => {
    await other.query('BEGIN; LOCK TABLE devopstic.benchmarks');
    const questions = Array.from({ length: READERS }, () => app.request('GET', '/dora/series?bucket=day'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const meanwhile = [await send('1'), await logIn(), await app.request('GET', '/health/ready')];
    expect(meanwhile.map(({ status }) => status)).toEqual([201, 200, 200]);
    const answers = await Promise.all(questions);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    const details = await Promise.all(answers.map(detailOf));
    expect(details.filter((detail) => detail.startsWith('Too many questions at once')).length).toBeGreaterThan(80);
    expect(details.filter((detail) => /cannot be/.test(detail))).toEqual([]);
    await other.query('ROLLBACK');
    expect((await app.request('GET', '/dora/series?bucket=day')).status).toBe(200);
  });
});

describe('a lock on the events', () => {
  it('keeps no login waiting, and ends with the wait for it', async () => {
    await other.query('BEGIN; LOCK TABLE devopstic.events');
    const sent = send('1');
    expect((await logIn()).status).toBe(200);
    expect([(await sent).status, (await app.request('GET', '/events')).status]).toEqual([503, 503]);
    await other.query('ROLLBACK');
    expect((await app.request('GET', '/events')).status).toBe(200);
  });
});

describe('a connection whose server does not answer', () => {
  it('is given up and closed, and the next one is asked', async () => {
    const { rows } = await other.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    frozen = rows.map(({ pid }) => pid);
    signal('SIGSTOP');
    const first = await Promise.all([send('1'), app.request('GET', '/events')]);
    expect(first.map(({ status }) => status)).toEqual([503, 503]);
    expect((await untilTaken(() => send('1'))).status).toBe(201);
    const then = await untilTaken(() => app.request('GET', '/events'));
    expect(then.status).toBe(200);
    expect(await then.json()).toMatchObject({ items: [{ id: '1' }] });
  });
});
