import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './app.js';
import { endLater } from './ending.js';
import { temporaryFolder } from './temporary-folder.js';

/** How a script ended, and all that it said. */
export interface Ended {
  code: number | null;
  output: string;
}

/** Of a script that has done its work. */
export const RECORDED: Ended = { code: 0, output: expect.stringMatching(/^DevOpstic recorded: \{.*\}\n$/) as string };

/** Runs a script in a shell with this environment alone, as a CI does in a job. */
export async function runScript(script: string, env: Record<string, string>, shell = ['sh', '-e']): Promise<Ended> {
  const [program = 'sh', ...flags] = shell;
  const PATH = [env['PATH_FIRST'], process.env['PATH']].filter(Boolean).join(':');
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(program, [...flags, '-c', script], { cwd: tmpdir(), env: { PATH, ...env }, stdio });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const end = endLater(() => child.kill('SIGKILL'));
  const [code] = (await once(child, 'close').finally(end)) as [number | null];
  return { code, output };
}

/** The service, as jobs of a CI see it. */
export interface CiWorld {
  url: string;
  key: string;
  /** The same two, for the environment of a job. */
  variables: { DEVOPSTIC_URL: string; DEVOPSTIC_KEY: string };
  /** The events of a pipeline, newest first. */
  stored(pipeline: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function aCiWorld(): Promise<CiWorld> {
  const app = await startApp();
  const body = { name: 'deploy jobs', scopes: ['events:write'] };
  const { secret } = (await (await app.request('POST', '/api-keys', { body })).json()) as { secret: string };
  return {
    url: app.url,
    key: secret,
    variables: { DEVOPSTIC_URL: app.url, DEVOPSTIC_KEY: secret },
    stored: async (pipeline) => {
      const answer = await app.request('GET', `/events?pipeline=${encodeURIComponent(pipeline)}`);
      return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
    },
    close: () => app.close(),
  };
}

/** A folder for PATH_FIRST whose curl notes how it was called, and does not try again, or so often. */
export function watchedCurl(retries = 0): { folder: string; calls(): string } {
  const folder = temporaryFolder();
  const list = join(folder, 'calls');
  writeFileSync(list, '');
  const others = '"${PATH#*:}"';
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" >>'${list}'\nPATH=${others} exec curl "$@" --retry ${retries}\n`;
  writeFileSync(join(folder, 'curl'), script);
  chmodSync(join(folder, 'curl'), 0o755);
  return { folder, calls: () => readFileSync(list, 'utf8') };
}
