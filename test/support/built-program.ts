import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = join('dashboard', 'page', sep);

/** Where the tests find the main.js of this run. */
export const TEST_PROGRAM = 'TEST_PROGRAM';

/**
 * Compiles the program once for all that start it, each of which would take twice as long if it did so itself: into a
 * folder of this run, as another may be at work. Returns how to remove it.
 */
export async function buildProgram(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'devopstic-program-'));
  const sources = join(folder, 'dist');
  await cp(`${ROOT}/src`, sources, { recursive: true });
  await cp(`${ROOT}/package.json`, join(folder, 'package.json'));
  await symlink(`${ROOT}/node_modules`, join(folder, 'node_modules'));
  const names = await readdir(sources, { recursive: true });
  await Promise.all(names.filter(isOfProgram).map((name) => compile(join(sources, name))));
  process.env[TEST_PROGRAM] = join(sources, 'main.js');
  return () => rm(folder, { recursive: true });
}

/** Neither a test nor of the page, which is for browsers. */
function isOfProgram(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.startsWith(PAGE);
}

async function compile(path: string): Promise<void> {
  const { code } = await transformFile(path, { configFile: `${ROOT}/.swcrc`, sourceMaps: false });
  await writeFile(path.replace(/\.ts$/, '.js'), code);
}
