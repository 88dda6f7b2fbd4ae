import { jest } from '@jest/globals';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createDatabase, environmentOf, startApp, type TestApp } from './support/app.js';
import { run } from './support/cli.js';
import { aFile, importInto, signIn } from './support/importing.js';
import { closed, listening } from './support/listening.js';

jest.setTimeout(60_000);

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => {
    const event = { type: 'commit', pipeline_id: 'shop', commit_id: `c${from + i}`, timestamp: '2026-03-02T08:00:00Z' };
    return `${JSON.stringify(event)}\n`;
  }).join('');

async function count(app: TestApp): Promise<number> {
  const [row] = await app.dataSource.query<{ count: number }[]>('SELECT count(*)::int FROM devopstic.events');
  return row?.count ?? 0;
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function freePort(): Promise<string> {
  const server = createServer();
  const port = await listening(server);
  await closed(server);
  return String(port);
}

/** Stands before the service, and breaks off the first answers about batches, once they are there. */
async function losingAnswers(url: string, losses: number): Promise<string> {
  let left = losses;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const { method = 'GET', url: path = '/' } = request;
      const headers = {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      };
      const answer = await fetch(url + path, { method, headers, ...(method === 'POST' ? { body } : {}) });
      const text = await answer.text();
      if (path.startsWith('/events/batch') && left-- > 0) request.socket.destroy();
      else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    })();
  });
  return `http://127.0.0.1:${await listening(server)}`;
}

describe('an import', () => {
  it('goes on where it was when the service has started anew, and stores everything once', async () => {
    const database = await createDatabase();
    const DEVOPSTIC_PORT = await freePort();
    const before = await startApp({ DEVOPSTIC_PORT }, database);
    const program = run(['import', 'file', '-', '--json'], signIn(before));
    program.tell(lines(0, 1400));
    await until(async () => (await count(before)) === 1000);
    await before.close();
    program.tell(lines(1400, 2500));
    // It has tried in vain by then.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const after = await startApp({ DEVOPSTIC_PORT }, database);
    program.tell(lines(2500, 3000));
    program.tell(null);
    expect({ code: await program.ended, errors: program.stderr() }).toEqual({
      code: 0,
      errors: expect.stringMatching(/No service answers at .*\nWaiting for it, up to 300 s\n/),
    });
    expect(JSON.parse(program.stdout())).toMatchObject({ sent: 3000, new: 3000, rejected: 0 });
    expect(await count(after)).toBe(3000);
  });

  it('that was broken off can be started again, and stores everything once', async () => {
    const app = await startApp();
    const broken = run(['import', 'file', '-', '--json'], signIn(app));
    broken.tell(lines(0, 1400));
    await until(async () => (await count(app)) === 1000);
    broken.kill('SIGKILL');
    await broken.ended;
    const { outcome } = await importInto(app, ['file', aFile('whole.ndjson', lines(0, 3000))]);
    expect(outcome).toMatchObject({ sent: 3000, new: 2000, known_before: 1000, rejected: 0 });
    expect(await count(app)).toBe(3000);
  });

  it('counts as new once what was stored though its answer was lost', async () => {
    const app = await startApp();
    const known = await importInto(app, ['file', aFile('known.ndjson', lines(0, 100))]);
    expect(known.outcome).toMatchObject({ new: 100 });
    // It was known before this import began.
    await app.dataSource.query(`UPDATE devopstic.events SET received_at = received_at - interval '1 hour'`);
    const words = ['file', aFile('whole.ndjson', lines(0, 1200)), '--url', await losingAnswers(app.url, 2)];
    const { outcome } = await importInto(app, words);
    expect(outcome).toMatchObject({ sent: 1200, new: 1100, known_before: 100, rejected: 0 });
    expect(await count(app)).toBe(1200);
  });

  it('that is broken off by Ctrl-C takes back the key that it has made itself', async () => {
    const app = await startApp();
    const { DEVOPSTIC_USERNAME: _user, DEVOPSTIC_PASSWORD: _password, ...database } = environmentOf(app.database);
    const program = run(['import', 'file', '-'], { ...database, DEVOPSTIC_URL: app.url });
    program.tell(lines(0, 1400));
    await until(async () => (await count(app)) === 1000);
    const keys = () => app.dataSource.query<object[]>('SELECT name, revoked_at FROM devopstic.api_keys');
    expect(await keys()).toEqual([{ name: 'command line', revoked_at: null }]);
    program.kill('SIGINT');
    const late = setTimeout(() => program.kill('SIGKILL'), 20_000);
    expect(await program.ended).toBe(130);
    clearTimeout(late);
    expect(await keys()).toEqual([{ name: 'command line', revoked_at: expect.any(Date) }]);
  });

  it('says what is stored when the service refuses to go on', async () => {
    const app = await startApp();
    const key = (await (
      await app.request('POST', '/api-keys', { body: { name: 'import', scopes: ['events:write'] } })
    ).json()) as { id: string; secret: string };
    const program = run(['import', 'file', '-'], { ...signIn(app), DEVOPSTIC_KEY: key.secret });
    program.tell(lines(0, 1400));
    await until(async () => (await count(app)) === 1000);
    await app.request('DELETE', `/api-keys/${key.id}`);
    await until(
      async () =>
        (await fetch(`${app.url}/events`, { headers: { authorization: `Bearer ${key.secret}` } })).status === 401,
    );
    program.tell(null);
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/answered 401: .*\n1000 events are stored\n$/);
  });
});
