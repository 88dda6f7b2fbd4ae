import { StartError } from '../../start-error.js';
import type { Git } from '../../git/git.js';

export interface GitTag {
  name: string;
  /** The commit that it marks. */
  sha: string;
  /** When an annotated tag was made, in seconds since 1970; null for a lightweight one, which does not say. */
  tagged_at: number | null;
}

/** The tags of commits that a glob, or a regular expression between slashes, matches. */
export async function readTags(git: Git, pattern: string): Promise<GitTag[]> {
  const matches = matcherOf(pattern);
  // Tags with one name for the glob; the name begins after refs/tags/.
  const told = await git.run([
    'tag',
    '--list',
    '--no-column',
    '--no-color',
    '--format=%(refname)%00%(taggerdate:unix)',
    ...(matches === null ? ['--', pattern] : []),
  ]);
  const lines = told.split('\n').filter((line) => line !== '');
  const tags = lines.map((line) => line.split('\0')).map(([ref = '', tagged = '']) => ({ ref, tagged }));
  const wanted = tags.filter(({ ref }) => matches?.test(nameOf(ref)) ?? true);
  const commits = await commitsOf(
    git,
    wanted.map(({ ref }) => ref),
  );
  return wanted.flatMap(({ ref, tagged }, index) => {
    const sha = commits[index];
    return sha == null ? [] : [{ name: nameOf(ref), sha, tagged_at: tagged === '' ? null : Number(tagged) }];
  });
}

function nameOf(ref: string): string {
  return ref.slice('refs/tags/'.length);
}

function matcherOf(pattern: string): RegExp | null {
  const [, expression] = /^\/(.+)\/$/.exec(pattern) ?? [];
  if (expression === undefined) return null;
  try {
    return new RegExp(expression);
  } catch (cause) {
    throw new StartError(`--tags ${pattern}: ${(cause as Error).message}`);
  }
}

/** The commit of each; null for a tag of something else, as of a file. */
async function commitsOf(git: Git, refs: readonly string[]): Promise<(string | null)[]> {
  const asked = refs.map((ref) => `${ref}^{commit}\n`).join('');
  const answers = (await git.run(['cat-file', '--batch-check=%(objectname)'], asked)).split('\n');
  return refs.map((_, index) => (/^[0-9a-f]+$/.exec(answers[index] ?? '') ?? [null])[0]);
}
