import { jest } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DatabaseConfig } from '../src/config/config.js';
import { connectionOptions } from '../src/database/connection.js';
import { type EmbeddedOptions, startEmbedded } from '../src/database/embedded/embedded.js';
import { run, type Program } from './support/cli.js';
import { endLater } from './support/ending.js';
import { temporaryFolder } from './support/temporary-folder.js';

jest.setTimeout(120_000);

describe('the embedded Postgres', () => {
  let data_dir: string;
  beforeEach(() => {
    data_dir = temporaryFolder();
  });
  // One that a killed service has left.
  afterEach(() => {
    const server = existsSync(join(data_dir, 'postgres', 'postmaster.pid')) ? serverOf(data_dir) : null;
    if (server !== null) process.kill(server, 'SIGQUIT');
  });

  const environment = () => ({ DEVOPSTIC_DATA_DIR: data_dir, DEVOPSTIC_HOST: '127.0.0.1', DEVOPSTIC_PORT: '0' });

  async function serving(more: Record<string, string> = {}): Promise<Program & { url: string; database: string }> {
    const program = run(['serve'], { ...environment(), ...more });
    const [, database = ''] = await program.says(/Database +postgres:\/\/devopstic@(\S+)/);
    const [, url = ''] = await program.says(/API +(\S+)/);
    return { ...program, url, database };
  }

  async function stopped(program: Program, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    program.kill(signal);
    await program.ended;
  }

  it('keeps its data and its port between starts, and shows the first password once', async () => {
    const first = await serving();
    const [, password = ''] = await first.says(/First admin admin, password (\S+)/);
    expect(await login(first.url, password)).toBe(200);
    await stopped(first);
    expect(first.stdout()).not.toContain(password);

    const second = await serving();
    expect(second.stderr()).not.toContain('password');
    expect(second.database).toBe(first.database);
    expect(await login(second.url, password)).toBe(200);
    await stopped(second, 'SIGINT');
    expect(second.stdout()).toContain('"msg":"stopped"');
  });

  it('is used on by the next start after the service was killed, and then stopped with it', async () => {
    const killed = await serving();
    const [, password = ''] = await killed.says(/password (\S+)/);
    await stopped(killed, 'SIGKILL');
    const database = databaseOf(data_dir);
    expect(await answers(database)).toBe(true);

    const next = await serving();
    expect(await login(next.url, password)).toBe(200);
    await stopped(next);
    expect(await answers(database)).toBe(false);
  });

  it('starts again after both were killed', async () => {
    const killed = await serving();
    const [, password = ''] = await killed.says(/password (\S+)/);
    await stopped(killed, 'SIGKILL');
    process.kill(serverOf(data_dir), 'SIGKILL');

    const next = await serving();
    expect(await login(next.url, password)).toBe(200);
    await stopped(next);
  });

  it('is started again at the same place when it has died, and then stopped with the service', async () => {
    const program = await serving();
    const [, password = ''] = await program.says(/password (\S+)/);
    process.kill(serverOf(data_dir), 'SIGKILL');
    await program.says(/The embedded PostgreSQL has died, and is started again/);
    while ((await fetch(`${program.url}/health/ready`)).status !== 200) await sleep(50);
    expect(await login(program.url, password)).toBe(200);
    await stopped(program);
    expect(await answers(databaseOf(data_dir))).toBe(false);
  });

  it('is not left running by a stop while it starts', async () => {
    const program = run(['serve'], environment());
    while (!existsSync(join(data_dir, 'database.json'))) await new Promise((resolve) => setTimeout(resolve, 5));
    program.kill('SIGINT');
    expect(await program.ended).toBe(0);
    expect(await answers(databaseOf(data_dir))).toBe(false);
  });

  it('serves a second process that uses the same folder, and outlives it', async () => {
    const [first, second] = await Promise.all([serving(), serving()]);
    expect(second.database).toBe(first.database);
    const other = run(['migrate'], environment());
    expect(await other.ended).toBe(0);
    expect(other.stdout()).toBe('Nothing to migrate.\n');
    for (const { url } of [first, second]) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    await Promise.all([stopped(first), stopped(second)]);
  });

  it('goes on for a service that came later when the process that started it ends, and is stopped with the last', async () => {
    const first = await serving();
    const later = await serving();
    await stopped(first);
    const database = databaseOf(data_dir);
    expect(await answers(database)).toBe(true);
    expect((await fetch(`${later.url}/health/ready`)).status).toBe(200);
    await stopped(later);
    expect(await answers(database)).toBe(false);
  });

  it('takes no process for one that uses it which only has the number of one that did', async () => {
    const first = await started({ data_dir, port: null });
    // The parent of this process lives, and has never used it.
    writeFileSync(join(data_dir, `in-use-by.${process.ppid}`), '"1"\n');
    await first.stop();
    expect(await answers(first.database)).toBe(false);
  });

  it('lets in only who may read its folder', async () => {
    const embedded = await started({ data_dir, port: null });
    const secret = join(data_dir, 'database.json');
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect(await answers({ ...embedded.database, password: 'guessed' })).toBe(false);
    await embedded.stop();
  });

  it('takes the port it is told to take, or says that it is taken', async () => {
    const embedded = await started({ data_dir, port: null });
    const { port } = embedded.database;
    const other = temporaryFolder();
    await expect(started({ data_dir: other, port })).rejects.toThrow(`Port ${port} is taken`);
    await embedded.stop();
    const moved = await started({ data_dir: other, port });
    expect(moved.database.port).toBe(port);
    await moved.stop();
  });

  it('finds another port if its own was taken meanwhile', async () => {
    const first = await started({ data_dir, port: null });
    await first.stop();
    const other = temporaryFolder();
    const intruder = await started({ data_dir: other, port: first.database.port });
    const second = await started({ data_dir, port: null });
    expect(second.database.port).not.toBe(first.database.port);
    expect(await answers(second.database)).toBe(true);
    await Promise.all([second.stop(), intruder.stop()]);
  });

  (process.getuid?.() === 0 ? it : it.skip)(
    'of root keeps its data elsewhere if Postgres may not enter the folder',
    async () => {
      const closed = join(data_dir, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const first = await started({ data_dir: join(closed, 'data'), port: null });
      expect(first.folder).toMatch(/^\/var\/lib\/devopstic\//);
      await first.stop();
      const second = await started({ data_dir: join(closed, 'data'), port: null });
      expect(second).toMatchObject({ folder: first.folder, database: first.database });
      expect(await answers(second.database)).toBe(true);
      await second.stop();
      rmSync(dirname(second.folder), { recursive: true });
    },
  );

  it('says what is wrong with a folder that cannot be used', async () => {
    const file = join(data_dir, 'file');
    writeFileSync(file, '');
    const program = run(['migrate'], { ...environment(), DEVOPSTIC_DATA_DIR: join(file, 'x') });
    expect(await program.ended).toBe(1);
    expect(program.stderr()).toMatch(/^devopstic: The embedded PostgreSQL cannot use the folder \S+: ENOTDIR/);
  });
});

async function started(options: EmbeddedOptions) {
  const embedded = await startEmbedded(options);
  return { ...embedded, stop: endLater(() => embedded.stop()) };
}

function serverOf(data_dir: string): number {
  return Number(readFileSync(join(data_dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function databaseOf(data_dir: string): DatabaseConfig {
  const { port, password } = JSON.parse(readFileSync(join(data_dir, 'database.json'), 'utf8')) as DatabaseConfig;
  return { host: '127.0.0.1', port, user: 'devopstic', password, name: 'devopstic', ssl: 'off' };
}

async function answers(database: DatabaseConfig): Promise<boolean> {
  const client = new Client(connectionOptions(database));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

async function login(url: string, password: string): Promise<number> {
  const body = JSON.stringify({ username: 'admin', password });
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${url}/tokens`, { method: 'POST', headers, body })).status;
}
