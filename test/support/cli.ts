import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { TEST_PROGRAM } from './built-program.js';
import { ROOT } from './documents.js';
import { endLater } from './ending.js';

const MAIN = process.env[TEST_PROGRAM] ?? '';
/** What stands for `devopstic` in a script. */
export const PROGRAM = `${process.execPath} ${MAIN}`;

/** The program, as a process of its own. */
export interface Program {
  pid: number;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Waits until it has written this, and returns the match. */
  says(text: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Writes to its standard input; `null` ends that. */
  tell(text: string | Buffer | null): void;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
}

interface Surroundings {
  /** What it reads on its standard input. */
  input?: string;
  cwd?: string;
  /** A command that runs it, as `unshare` does. */
  by?: string[];
}

/** Runs `devopstic`; what it does is bound to the given environment. It is stopped with the test that runs it. */
export function run(
  words: string[],
  environment: Record<string, string>,
  { input, cwd = ROOT, by = [] }: Surroundings = {},
): Program {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const [command = '', ...rest] = [...by, process.execPath, MAIN, ...words];
  const child = spawn(command, rest, {
    cwd,
    env: { PATH, HOME, TMPDIR, ...environment },
  });
  if (input !== undefined) child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  void ended.then(endLater(() => stopped(child, ended)));
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    says: (text) => said(() => stdout + stderr, text, ended),
    kill: (signal) => child.kill(signal),
    tell: (text) => (text === null ? child.stdin.end() : child.stdin.write(text)),
    ended,
  };
}

/** An embedded PostgreSQL is stopped along, which takes a moment. */
async function stopped(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(late);
}

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs it to its end. */
export async function finish(
  words: string[],
  environment: Record<string, string> = {},
  surroundings: Surroundings = {},
): Promise<Finished> {
  const program = run(words, environment, surroundings);
  const code = await program.ended;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

async function said(output: () => string, text: RegExp, ended: Promise<number | null>): Promise<RegExpExecArray> {
  let over = false;
  void ended.then(() => (over = true));
  for (;;) {
    const match = text.exec(output());
    if (match) return match;
    if (over) throw new Error(`It ended without saying ${text}:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
