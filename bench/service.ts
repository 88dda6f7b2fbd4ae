import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DatabaseConfig } from '../src/config/config.js';
import { ADMIN, environmentOf } from '../test/support/app.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const WEBHOOK_SECRET = 'a secret of the benchmark';

/** The service as it is built, in a process of its own, logging as it does by default. */
export interface RunningService {
  url: string;
  token: string;
  pid: number;
  stop(): Promise<void>;
}

export async function startService(database: DatabaseConfig): Promise<RunningService> {
  const child = devopstic(['serve'], database);
  // Written, and thrown away by nobody but the kernel.
  child.stdout.resume();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
  const ended = once(child, 'close');
  let url: string | undefined;
  while ((url = /API +(http:\S+)/.exec(said)?.[1]) === undefined) {
    if (child.exitCode !== null) throw new Error(`The service did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    token: await tokenOf(url),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs a command of `devopstic` to its end. */
export async function runCommand(words: string[], database: DatabaseConfig): Promise<void> {
  const child = devopstic(words, database);
  child.stdout.resume();
  child.stderr.resume();
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`devopstic ${words.join(' ')} ended with ${code}`);
}

/** Bytes of the process, as it tells Prometheus. */
export async function residentMemory({ url }: RunningService): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes\S* (\d+)/m.exec(text)?.[1]);
}

function devopstic(words: string[], database: DatabaseConfig) {
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    ...environmentOf(database),
    DEVOPSTIC_LOG_LEVEL: 'info',
    DEVOPSTIC_GITHUB_WEBHOOK_SECRET: WEBHOOK_SECRET,
  };
  return spawn(process.execPath, ['dist/main.js', ...words], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function tokenOf(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/tokens`, { method: 'POST', headers, body: JSON.stringify(ADMIN) });
  if (!answer.ok) throw new Error(`No token: ${answer.status}`);
  return ((await answer.json()) as { token: string }).token;
}
