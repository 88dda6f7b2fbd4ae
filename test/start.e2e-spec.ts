import { jest } from '@jest/globals';
import { createServer } from 'node:net';
import { ADMIN, createDatabase, createEmptyDatabase, dropDatabase, environmentOf } from './support/app.js';
import { run } from './support/cli.js';
import { listening } from './support/listening.js';
import type { DatabaseConfig } from '../src/config/config.js';
import { temporaryFolder } from './support/temporary-folder.js';

jest.setTimeout(120_000);

interface Listing {
  parameters?: { name: string }[];
}

describe('starting', () => {
  const databases: DatabaseConfig[] = [];
  afterAll(() => Promise.all(databases.map(dropDatabase)));

  async function database(made = createDatabase()): Promise<DatabaseConfig> {
    databases.push(await made);
    return made;
  }

  async function refusal(words: string[], environment: Record<string, string>, code = 1): Promise<string> {
    const program = run(words, environment);
    expect(await program.ended).toBe(code);
    expect(program.stderr()).not.toMatch(/^\s+at /m);
    expect(program.stdout()).not.toMatch(/"level":"(error|fatal)"/);
    return program.stderr();
  }

  it('with a wrong configuration tells all that is wrong, and no stack', async () => {
    const message = await refusal([], { DEVOPSTIC_PORT: 'x', DEVOPSTIC_LOG_LEVEL: 'loud' });
    expect(message).toBe(
      'devopstic: The configuration is not valid:\n' +
        '  - DEVOPSTIC_PORT must be a port, a number from 0 (any free one) to 65535; it is "x"\n' +
        '  - DEVOPSTIC_LOG_LEVEL must be one of info, fatal, error, warn, debug, trace, silent; it is "loud"\n',
    );
  });

  it('on a taken port tells how to take another', async () => {
    const other = createServer();
    const port = await listening(other);
    const environment = {
      ...environmentOf(await database()),
      DEVOPSTIC_PORT: String(port),
      DEVOPSTIC_LOG_LEVEL: 'error',
    };
    const message = await refusal(['serve'], environment);
    other.close();
    expect(message).toBe(`devopstic: Port ${port} is taken by another program: set DEVOPSTIC_PORT to a free one\n`);
  });

  it('makes up the first password only when it can be shown, so not by a start that finds its port taken', async () => {
    const folder = temporaryFolder();
    const other = createServer();
    const port = await listening(other);
    await refusal([], { DEVOPSTIC_DATA_DIR: folder, DEVOPSTIC_PORT: String(port), DEVOPSTIC_LOG_LEVEL: 'silent' });
    other.close();
    const program = run([], { DEVOPSTIC_DATA_DIR: folder, DEVOPSTIC_PORT: '0', DEVOPSTIC_LOG_LEVEL: 'silent' });
    await program.says(/First admin admin, password \S+/);
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });

  it('hears a stop while it waits for the database', async () => {
    const other = createServer();
    const nowhere = await listening(other);
    other.close();
    const environment = { ...environmentOf(await database()), DEVOPSTIC_DATABASE_PORT: String(nowhere) };
    const program = run(['serve'], { ...environment, DEVOPSTIC_LOG_LEVEL: 'info' });
    await program.says(/Waiting for the database/);
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });

  it('with a wrong database password does not wait for it to become right', async () => {
    const environment = { ...environmentOf(await database()), DEVOPSTIC_DATABASE_PASSWORD: 'wrong' };
    expect(await refusal([], environment)).toMatch(/cannot be used: password authentication failed/);
  });

  it('on a database that does not exist says so', async () => {
    const environment = { ...environmentOf(await database()), DEVOPSTIC_DATABASE_NAME: 'no_such_database' };
    expect(await refusal([], environment)).toMatch(/database "no_such_database" does not exist/);
  });

  it('on a database without users asks for the first admin', async () => {
    const { DEVOPSTIC_USERNAME: _user, DEVOPSTIC_PASSWORD: _password, ...rest } = environmentOf(await database());
    expect(await refusal([], rest)).toMatch(/set DEVOPSTIC_USERNAME and DEVOPSTIC_PASSWORD/);
  });

  it('waits for a database that is slower', async () => {
    const given = await database();
    const gate = createServer((socket) => socket.destroy());
    const port = await listening(gate);
    const environment = { ...environmentOf(given), DEVOPSTIC_LOG_LEVEL: 'info' };
    const program = run(['migrate'], { ...environment, DEVOPSTIC_DATABASE_PORT: String(port) });
    const [, name] = await program.says(/Waiting for the database (\w+) at 127\.0\.0\.1:\d+: /);
    expect(name).toBe(given.name);
    program.kill('SIGKILL');
    gate.close();
  });

  it('refuses an unknown command and an unknown option', async () => {
    expect(await refusal(['server'], {}, 2)).toMatch(/unknown command|too many arguments/);
    expect(await refusal(['serve', '--port', '1'], {}, 2)).toMatch(/unknown option '--port'/);
  });

  it('migrates an empty database by a command of its own', async () => {
    const environment = environmentOf(await database(createEmptyDatabase()));
    const first = run(['migrate'], environment);
    expect(await first.ended).toBe(0);
    expect(first.stdout()).toMatch(/^Done: Settings1763999999000, Core1764000000000/);
    const second = run(['migrate'], environment);
    expect(await second.ended).toBe(0);
    expect(second.stdout()).toBe('Nothing to migrate.\n');
  });

  // It is bundled: a library of which there were a second copy would know nothing of what is declared to the first.
  it('answers every list as its contract says', async () => {
    const program = run(['serve'], environmentOf(await database()));
    const [, url = ''] = await program.says(/API +(\S+)/);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(ADMIN);
    const { token } = (await (await fetch(`${url}/tokens`, { method: 'POST', headers, body })).json()) as {
      token: string;
    };
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as {
      paths: Record<string, { get?: Listing }>;
    };
    const lists = Object.entries(paths).flatMap(([path, { get }]) => {
      const names = get?.parameters?.map(({ name }) => name) ?? [];
      return names.includes('limit') && !path.includes('{') ? [path] : [];
    });
    expect(lists.length).toBeGreaterThan(10);
    const statuses = lists.map(async (path) => {
      const query = path === '/dora/explain' ? 'limit=7&metric=lead_time' : 'limit=7';
      const answer = await fetch(`${url}${path}?${query}`, { headers: { authorization: `Bearer ${token}` } });
      return [path, answer.status];
    });
    expect(await Promise.all(statuses)).toEqual(lists.map((path) => [path, 200]));
  });

  it('warns of a variable that looks like a typing error', async () => {
    const environment = { ...environmentOf(await database()), DEVOPSTIC_LOG_LEVEL: 'info', DEVOPSTIC_PASWORD: 'x' };
    const program = run([], environment);
    await program.says(/DevOpstic is running/);
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.stdout()).toContain('"variable":"DEVOPSTIC_PASWORD"');
  });
});
