import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RunningService } from '../service.js';

/** What to send: single events for so many seconds, or so many requests of so many events. */
export interface Load {
  connections: number;
  seconds?: number;
  requests?: number;
  eventsARequest: number;
  pipelines: number;
  /** Part of every id, so that no load repeats another's events. */
  prefix: string;
}

export interface Loaded {
  /** Events stored in a second. */
  rate: number;
  p50: number;
  p99: number;
  events: number;
}

const LOADER = fileURLToPath(new URL('./loader.ts', import.meta.url));
const TYPESCRIPT = new URL('../../test/support/typescript.mjs', import.meta.url).href;

/** Sends it from a process of its own, as senders are, and fails if a single request did. */
export async function put(load: Load, { url, token }: Pick<RunningService, 'url' | 'token'>): Promise<Loaded> {
  const child = spawn(process.execPath, ['--import', TYPESCRIPT, LOADER], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ ...load, url, token }));
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (told += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`The load ended with ${code}`);
  return JSON.parse(told) as Loaded;
}
