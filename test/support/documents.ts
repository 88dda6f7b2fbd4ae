import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { endLater } from './ending.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function readDocument(path: string): string {
  return readFileSync(`${ROOT}/${path}`, 'utf8');
}

/** The text under a heading, up to the next one of its level or above; what looks like one in a block is none. */
export function section(document: string, heading: string): string {
  const lines = document.split('\n');
  const fenced = lines.map((_, index) => lines.slice(0, index).filter((one) => one.startsWith('```')).length % 2 === 1);
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`There is no heading ${heading}`);
  const above = new RegExp(`^#{1,${/^#+/.exec(heading)?.[0].length ?? 1}} `);
  const end = lines.findIndex((line, index) => index > start && !fenced[index] && above.test(line));
  return lines.slice(start, end === -1 ? undefined : end).join('\n');
}

/** The fenced blocks of a language. */
export function blocks(document: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  return [...document.matchAll(fence)].map(([, text = '']) => text);
}

/** A failing command, and a status that is no success, end the script: as a reader would stop there. Each answer ends its line. */
const STRICT = `set -euo pipefail
curl() {
  case " $* " in
    *' --fail '*) command curl "$@" ;;
    *) command curl --fail-with-body "$@" ;;
  esac
  echo
}
`;

/** The JSON objects among the lines of an output. */
export function answersIn(output: string): object[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as object);
}

/** Runs a script as a reader would; returns what it printed. */
export async function bash(script: string, environment: Record<string, string> = {}): Promise<string> {
  const { PATH = '' } = process.env;
  const child = spawn('bash', ['--norc', '-c', STRICT + script], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  const end = endLater(() => child.kill('SIGKILL'));
  const [code] = (await once(child, 'close').finally(end)) as [number | null];
  if (code !== 0) throw new Error(`It ended with ${code}:\n${errors}\n${output}`);
  return output;
}
