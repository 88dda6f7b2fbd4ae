import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chownSync, rmSync, statSync } from 'node:fs';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { startApp, type TestApp } from './support/app.js';
import { aPullRequest } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { startPostgres, temporaryFolder, type TestPostgres } from './support/postgres.js';

// It makes a PostgreSQL of its own, which a busy machine takes long for.
jest.setTimeout(120_000);

const DISK = '32m';
/** Ends the connections of a service, so that it has to make new ones. */
const END_CONNECTIONS = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'devopstic' AND pid <> pg_backend_pid()`;

let postgres: TestPostgres;
/** Connected before anything goes wrong. */
let operator: Client;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  operator = await connect(postgres.database);
});
afterEach(async () => {
  while (undo.length > 0) await undo.pop()?.();
});
afterAll(async () => {
  await operator.end();
  await postgres.remove();
});

async function connect(database: DatabaseConfig): Promise<Client> {
  const client = new Client({ ...connectionOptions(database), application_name: 'operator' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A service on a database of its own. */
async function start(tablespace = 'pg_default') {
  const name = `of_${randomBytes(6).toString('hex')}`;
  await operator.query(`CREATE DATABASE ${name} TABLESPACE ${tablespace}`);
  const database = { ...postgres.database, name };
  undo.push(() => operator.query(`DROP DATABASE ${name} WITH (FORCE)`));
  const app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET }, database);
  undo.push(() => app.close());
  const inside = await connect(database);
  undo.push(() => inside.end());
  return { app, name, inside };
}

const anEvent = (id: string) => ({
  id,
  type: 'commit',
  pipeline_id: `shop ${id.slice(0, 1)}`,
  commit_id: id,
  timestamp: '2026-03-02T08:00:00Z',
  url: `https://ci.example/${randomBytes(900).toString('hex')}`,
});

/** One of each way to send, always the same. */
function senders(app: TestApp) {
  const [one, ...many] = ['s1', ...Array.from({ length: 60 }, (_, index) => `m${index}`)].map(anEvent);
  const lines = Array.from({ length: 60 }, (_, index) => JSON.stringify(anEvent(`n${index}`))).join('\n');
  const headers = { authorization: `Bearer ${app.admin}`, 'content-type': 'application/x-ndjson' };
  const delivery = randomUUID();
  const webhook = new GithubSender(app.url);
  return {
    single: () => app.request('POST', '/events', { body: one }),
    batch: () => app.request('POST', '/events/batch', { body: many }),
    ndjson: () => fetch(`${app.url}/events/batch`, { method: 'POST', headers, body: lines }),
    webhook: async () => {
      const { status, retry_after } = await webhook.send('pull_request', aPullRequest('opened'), { delivery });
      return new Response('{}', { status, headers: retry_after === null ? {} : { 'retry-after': retry_after } });
    },
  };
}

const readiness = async ({ url }: TestApp) => (await fetch(`${url}/health/ready`)).status;

/** Of each way its status, and whether it says when to send again. */
async function answersOf(send: ReturnType<typeof senders>): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [way, sent] of Object.entries(send)) {
    const { status, headers } = await sent();
    answers[way] = [status, /^\d+$/.test(headers.get('retry-after') ?? '')];
  }
  return answers;
}

const all = (...answer: [number, boolean]) => ({ single: answer, batch: answer, ndjson: answer, webhook: answer });
const FOR_NOW = all(503, true);

/** As a good sender does, for as long as it is told to. */
async function untilTaken(sent: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await sent();
    if (answer.status !== 503) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function expectEachOnce(app: TestApp, send: ReturnType<typeof senders>): Promise<void> {
  expect((await untilTaken(send.single)).status).toBe(201);
  for (const sent of [send.batch, send.ndjson]) {
    expect(await (await untilTaken(sent)).json()).toMatchObject({ accepted: 60, duplicates: 0, rejected: 0 });
  }
  expect((await untilTaken(send.webhook)).status).toBe(200);
  const [found] = await app.dataSource.query(
    `SELECT (SELECT count(*)::int FROM devopstic.events) AS events,
            (SELECT sum(events)::int FROM devopstic.pipelines) AS counted,
            (SELECT array_agg(outcome) FROM devopstic.webhook_deliveries) AS outcomes`,
  );
  expect(found).toMatchObject({ outcomes: ['recorded'], events: found.counted });
  expect(found.events).toBeGreaterThanOrEqual(122);
}

describe('while the database', () => {
  it('is read-only, events are refused for now and the service is not ready', async () => {
    const { app, name } = await start();
    const send = senders(app);
    await operator.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await operator.query(END_CONNECTIONS);
    expect(await answersOf(send)).toEqual(FOR_NOW);
    expect(await readiness(app)).toBe(503);
    expect((await app.request('GET', '/events')).status).toBe(200);
    await operator.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
    await operator.query(END_CONNECTIONS);
    await expectEachOnce(app, send);
    expect(await readiness(app)).toBe(200);
  });

  it('lets our role in no more, everything is refused for now', async () => {
    const { app } = await start();
    const send = senders(app);
    await operator.query(`ALTER ROLE ${postgres.database.user} NOLOGIN`);
    await operator.query(END_CONNECTIONS);
    undo.push(() => operator.query(`ALTER ROLE ${postgres.database.user} LOGIN`));
    expect(await answersOf(send)).toEqual(FOR_NOW);
    expect(await readiness(app)).toBe(503);
    expect((await app.request('GET', '/events')).status).toBe(503);
    await operator.query(`ALTER ROLE ${postgres.database.user} LOGIN`);
    await expectEachOnce(app, send);
  });

  it('holds a lock on the events for longer than we wait, they are refused for now', async () => {
    const { app, inside } = await start();
    const send = senders(app);
    await limit(inside, 'lock_timeout', '100ms');
    await inside.query('BEGIN; LOCK TABLE devopstic.events');
    expect(await answersOf(send)).toEqual(FOR_NOW);
    await inside.query('ROLLBACK');
    await expectEachOnce(app, send);
  });

  it('takes too long for one event, that one is refused for now and its neighbours are stored', async () => {
    const { app, inside } = await start();
    await limit(inside, 'statement_timeout', '1s');
    await inside.query(`
      CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(10); RETURN NEW; END $$;
      CREATE TRIGGER wait BEFORE INSERT ON devopstic.events
        FOR EACH ROW WHEN (NEW.id = 'm7') EXECUTE FUNCTION public.wait()`);
    const send = senders(app);
    // The first of a connection is planned, which takes its time.
    await send.single();
    expect((await send.batch()).status).toBe(503);
    const stored = await inside.query(`SELECT FROM devopstic.events WHERE id LIKE 'm%'`);
    expect(stored.rowCount).toBe(59);
    expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(/^devopstic_events_exhausted_total [1-9]/m);
    await inside.query('DROP TRIGGER wait ON devopstic.events');
    const answer = await untilTaken(send.batch);
    expect(await answer.json()).toMatchObject({ accepted: 1, duplicates: 59, rejected: 0 });
  });
});

describe('where functions are missing', () => {
  const lost = 'ALTER FUNCTION devopstic.record RENAME TO recorded';

  it('is a fault of ours if the database is as this version made it, and final for nobody', async () => {
    const { app, inside } = await start();
    const send = senders(app);
    await inside.query(lost);
    expect(await answersOf(send)).toEqual(all(500, false));
    await inside.query('ALTER FUNCTION devopstic.recorded RENAME TO record');
    await expectEachOnce(app, send);
  });

  it('is refused for now if a newer version has taken over', async () => {
    const { app, inside } = await start();
    await inside.query(lost);
    await inside.query(`UPDATE devopstic.settings SET value = '"of another version"' WHERE name = 'repeatables'`);
    expect(await answersOf(senders(app))).toEqual(FOR_NOW);
  });
});

const disk = smallDisk();
(disk === null ? it.skip : it)('while the disk is full, events are refused for now', async () => {
  const { rows } = await operator.query<{ data_directory: string }>('SHOW data_directory');
  const { uid, gid } = statSync(rows[0]!.data_directory);
  chownSync(disk!, uid, gid);
  await operator.query(`CREATE TABLESPACE small LOCATION '${disk}'`);
  undo.push(() => operator.query('DROP TABLESPACE small'));
  const { app } = await start('small');
  const send = senders(app);
  const filler = spawnSync('dd', ['if=/dev/zero', `of=${disk}/filler`, 'bs=8k']);
  expect(filler.stderr.toString()).toContain('No space left');
  expect(await answersOf(send)).toEqual(FOR_NOW);
  expect(await readiness(app)).toBe(503);
  rmSync(`${disk}/filler`);
  await expectEachOnce(app, send);
});

/** From now on of every new connection, whatever it asks for. */
async function limit(inside: Client, name: string, value: string): Promise<void> {
  await inside.query(`
    CREATE FUNCTION public.limit_time() RETURNS event_trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM set_config('${name}', '${value}', false); END $$;
    CREATE EVENT TRIGGER limit_time ON login EXECUTE FUNCTION public.limit_time()`);
  await operator.query(END_CONNECTIONS);
}

/** A file system that is small: only root can make one. */
function smallDisk(): string | null {
  const folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder]).status === 0;
  if (!mounted) {
    console.warn('SKIPPED: what happens when the disk is full, which only root on Linux can try');
    rmSync(folder, { recursive: true });
    return null;
  }
  afterAll(() => {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}
