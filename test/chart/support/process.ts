import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endLater } from '../../support/ending.js';
import { ROOT } from './helm.js';

export interface Process {
  output(): string;
  /** Waits until it has written this. */
  says(text: RegExp): Promise<void>;
  kill(): void;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
}

/** Runs a command with this environment and nothing else but the PATH. */
export function start([program = '', ...words]: string[], environment: Record<string, string>): Process {
  const { PATH = '' } = process.env;
  const child = spawn(program, words, { cwd: ROOT, env: { PATH, ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  let over = false;
  const ended = once(child, 'close').then(([code]) => {
    over = true;
    return code as number | null;
  });
  void ended.then(endLater(() => child.kill('SIGKILL')));
  const says = async (text: RegExp): Promise<void> => {
    while (!text.test(output)) {
      if (over) throw new Error(`It ended without saying ${text}:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { output: () => output, says, kill: () => child.kill('SIGTERM'), ended };
}
