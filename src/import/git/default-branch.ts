import { StartError } from '../../start-error.js';
import type { Git } from '../../git/git.js';

interface DefaultBranch {
  name: string;
  tip: string;
}

/**
 * The branch on which changes land. What the server had at the last fetch goes before a branch of the clone itself, which
 * may be behind, or have what was never pushed.
 */
export async function readDefaultBranch(git: Git, wanted: string | undefined): Promise<DefaultBranch> {
  const full = wanted === undefined ? await namedByClone(git) : null;
  const name = wanted ?? full?.replace(/^refs\/(?:remotes\/origin|heads)\//, '') ?? '';
  const candidates = full === null ? [`refs/remotes/origin/${name}`, `refs/heads/${name}`] : [full];
  for (const ref of candidates) {
    const tip = await git.try(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    if (tip !== null) return { name, tip };
  }
  if ((await git.run(['for-each-ref', '--count=1'])) === '') throw new StartError('The repository has no commits yet');
  throw new StartError(`There is no branch ${name}: fetch it, or name the default branch with --branch`);
}

async function namedByClone(git: Git): Promise<string> {
  const full =
    (await git.try(['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'])) ??
    (await git.try(['symbolic-ref', '--quiet', 'HEAD']));
  if (full === null) throw new StartError('The clone does not say which branch is the default one: give --branch');
  return full;
}
