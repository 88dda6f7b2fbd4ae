import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ADMIN, createDatabase, dropDatabase, environmentOf } from '../../support/app.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Answered {
  path: string;
  status: number;
  ms: number;
}

/** The service as it is built, in a process and on a database of its own. */
export interface BuiltService {
  url: string;
  /** A request as the first admin. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Runs `devopstic …` against it. */
  run(...words: string[]): Promise<void>;
  /** The requests that it has answered, as its log tells them. */
  answered(): Answered[];
  stop(): Promise<void>;
}

export async function startBuilt(overrides: Record<string, string> = {}): Promise<BuiltService> {
  if (!existsSync(`${ROOT}/dist/dashboard/page/main.js`)) throw new Error('Build it first: npm run build');
  const database = await createDatabase();
  const environment = { ...environmentOf(database), DEVOPSTIC_LOG_LEVEL: 'info', ...overrides };
  const child = devopstic(['serve'], environment);
  let log = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (log += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
  const ended = once(child, 'close');
  const end = (): unknown => child.kill('SIGTERM');
  process.once('exit', end);
  const url = await waitFor(() => /API +(http:\S+)/.exec(said)?.[1], ended);
  const token = await tokenOf(url);
  return {
    url,
    api: (method, path, body) => ask(`${url}${path}`, method, body, token),
    run: async (...words) => {
      const [code] = (await once(devopstic([...words, '--url', url], environment), 'close')) as [number];
      if (code !== 0) throw new Error(`devopstic ${words.join(' ')} ended with ${code}`);
    },
    answered: () => requestsOf(log),
    stop: async () => {
      process.off('exit', end);
      end();
      await ended;
      await dropDatabase(database);
    },
  };
}

function devopstic(words: string[], environment: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, ['dist/main.js', ...words], { cwd: ROOT, env: { PATH, HOME, ...environment } });
}

async function waitFor<T>(look: () => T | undefined, ended: Promise<unknown>): Promise<T> {
  let over = false;
  void ended.then(() => (over = true));
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (over) throw new Error('The service ended before it was ready');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function tokenOf(url: string): Promise<string> {
  return (await ask<{ token: string }>(`${url}/tokens`, 'POST', ADMIN)).token;
}

async function ask<T>(url: string, method: string, body?: unknown, token?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

function requestsOf(log: string): Answered[] {
  const lines = log.split('\n').filter((line) => line.includes('"msg":"request"'));
  return lines.map((line) => JSON.parse(line) as Answered);
}
