import { jest } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { ADMIN, createDatabase, dropDatabase, environmentOf } from './support/app.js';
import { aClient } from './support/postgres.js';
import { BatchSender, commits } from './support/batch-sender.js';
import { run, type Program } from './support/cli.js';
import { HalfSent } from './support/half-sent.js';

jest.setTimeout(120_000);

describe('stopping', () => {
  let database: DatabaseConfig;
  let program: Program;
  let url: string;
  let token: string;
  let client: Client;
  beforeEach(async () => {
    database = await createDatabase();
    client = await aClient(database);
    program = run(['serve'], { ...environmentOf(database), DEVOPSTIC_LOG_LEVEL: 'info' });
    url = (await program.says(/API +(\S+)/))[1] ?? '';
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/tokens`, { method: 'POST', headers, body: JSON.stringify(ADMIN) });
    token = ((await answer.json()) as { token: string }).token;
  });
  afterEach(async () => {
    program.kill('SIGKILL');
    await client.end();
    await dropDatabase(database);
  });

  const event = JSON.stringify({ type: 'commit', pipeline_id: 'shop', commit_id: 'a1', timestamp: 1_767_225_600 });
  const headers = () => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

  async function stored(): Promise<number> {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM devopstic.events');
    return rows[0]?.count ?? 0;
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('on %s finishes a request that waits for the database', async (signal) => {
    await client.query('BEGIN; LOCK TABLE devopstic.events');
    const answer = fetch(`${url}/events`, { method: 'POST', headers: headers(), body: event });
    await untilLocked(client);
    program.kill(signal);
    await program.says(/"msg":"stopping"/);
    // As npm does, which passes Ctrl-C on to a process that the terminal has told already.
    program.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await client.query('COMMIT');
    expect((await answer).status).toBe(201);
    expect(await program.ended).toBe(0);
    expect(await stored()).toBe(1);
  });

  it('finishes a request whose body is still coming in', async () => {
    const length = Buffer.byteLength(event);
    const request = httpRequest(`${url}/events`, {
      method: 'POST',
      headers: { ...headers(), 'content-length': length },
    });
    request.write(event.slice(0, 10));
    await new Promise((resolve) => setTimeout(resolve, 200));
    program.kill('SIGTERM');
    await program.says(/"msg":"stopping"/);
    request.end(event.slice(10));
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(201);
    expect(await program.ended).toBe(0);
    expect(await stored()).toBe(1);
  });

  it('breaks off a batch that does not end, and says how far it came', async () => {
    const sending = new BatchSender(url, token);
    await sending.send(commits('shop', 0, 1500));
    while ((await stored()) < 1000) await new Promise((resolve) => setTimeout(resolve, 20));
    program.kill('SIGTERM');
    const { status, body } = await sending.answer;
    expect(status).toBe(503);
    expect(body['progress']).toEqual({ items: 1000, accepted: 1000, duplicates: 0, rejected: 0 });
    sending.breakOff();
    expect(await program.ended).toBe(0);
    expect(await stored()).toBe(1000);
  });

  it('is done within 20 seconds whatever half a hundred senders have begun', async () => {
    const begun = { ...headers(), 'content-length': '100' };
    const senders = Array.from({ length: 10 }, () => [
      new HalfSent(url),
      new HalfSent(url).write('POST /events HTTP/1.1\r\nHos'),
      new HalfSent(url).head({ path: '/events', headers: begun }),
      new HalfSent(url).head({ path: '/events', headers: begun }).write('{'),
      new HalfSent(url).head({ path: '/nowhere', headers: begun }).write('{'),
    ]).flat();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const since = Date.now();
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(Date.now() - since).toBeLessThan(20_000);
    senders.forEach((sender) => sender.end());
  });

  it('does not wait for connections that are kept alive', async () => {
    await (await fetch(`${url}/health`)).text();
    const since = Date.now();
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(Date.now() - since).toBeLessThan(5000);
  });

  it('leaves one line a request in the log, with its id and without secrets', async () => {
    const id = 'trace-0123456789';
    await fetch(`${url}/events?token=s3cret`, {
      method: 'POST',
      headers: { ...headers(), 'x-request-id': id },
      body: '{',
    });
    await fetch(`${url}/webhook/dvo_s3cret/events`, { method: 'POST', headers: headers(), body: event });
    program.kill('SIGTERM');
    await program.ended;
    const lines = program.stdout().trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.filter((entry) => entry['request_id'] === id)).toEqual([
      expect.objectContaining({ method: 'POST', path: '/events', status: 400, level: 'warn', ms: expect.any(Number) }),
    ]);
    expect(program.stdout()).toContain('/webhook/{key}/events');
    for (const secret of ['s3cret', token, ADMIN.password, 'a1']) expect(program.stdout()).not.toContain(`"${secret}`);
    expect(program.stdout()).not.toContain('s3cret');
  });
});

async function untilLocked(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query('SELECT FROM pg_locks WHERE NOT granted');
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
