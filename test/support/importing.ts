import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportOutcome } from '../../src/import/import-outcome.js';
import type { TestApp } from './app.js';
import { run } from './cli.js';
import { temporaryFolder } from './temporary-folder.js';

export interface Imported {
  code: number | null;
  stdout: string;
  stderr: string;
  /** What it told with `--json`; null where it told nothing. */
  outcome: Pick<ImportOutcome, 'sent' | 'new' | 'known_before' | 'rejected' | 'rejections'> | null;
}

/** What the command needs to find the service, and to be let in. */
export function signIn(app: TestApp): Record<string, string> {
  return { DEVOPSTIC_URL: app.url, DEVOPSTIC_KEY: app.admin };
}

/** Runs `devopstic import …` as an operator would, on what is given as its standard input. */
export async function runImport(words: string[], input: string | Buffer = '', environment = {}): Promise<Imported> {
  const program = run(['import', ...words], environment);
  program.tell(input);
  program.tell(null);
  const code = await program.ended;
  const [stdout, stderr] = [program.stdout(), program.stderr()];
  const told = /^\{.*\}$/m.exec(stdout);
  return { code, stdout, stderr, outcome: told === null ? null : JSON.parse(told[0]) };
}

export function importInto(
  app: TestApp,
  words: string[],
  input?: string | Buffer,
  environment = {},
): Promise<Imported> {
  return runImport([...words, '--json'], input, { ...signIn(app), ...environment });
}

/** A file of that name with that content. */
export function aFile(name: string, content: string | Buffer): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}
