import type { Git } from './git.js';
import { splitAtNul } from './split-at-nul.js';

/** Settings of the user would write other paths, or nothing of the first commit, or signatures. */
const FIXED = ['-c', 'diff.relative=false', '-c', 'log.showRoot=true', 'log', '--no-color', '--no-show-signature'];
/** An empty piece, then the id; then, after a line break, the files. */
const FORM = ['-z', '--stdin', '--no-renames', '--name-only', '--format=%x00%H'];

/** The files that each commit changes, of all that the given ones contain, by its id; a merge changes none by itself. */
export async function changedFiles(git: Git, tips: readonly string[]): Promise<Map<string, string[]>> {
  const files = new Map<string, string[]>();
  let of: string[] | null = null;
  for await (const piece of splitAtNul(git.stream([...FIXED, ...FORM], tips.map((tip) => `${tip}\n`).join('')))) {
    if (piece === '') of = null;
    else if (of === null) files.set(piece, (of = []));
    else of.push(of.length === 0 ? piece.replace(/^\n/, '') : piece);
  }
  return files;
}
