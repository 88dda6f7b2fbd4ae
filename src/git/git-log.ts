import type { ToldCommit } from '../events/commit-events.js';
import { revertsOf } from '../events/reverts.js';
import type { Git } from './git.js';
import { splitAtNul } from './split-at-nul.js';

export interface GitCommit extends ToldCommit {
  parents: string[];
  /** Seconds since 1970 by the committer's clock. */
  committed_at: number;
  message: string;
}

/** Id, parents, time of the commit, author, message. None can hold a NUL: git keeps no text with one. */
const FIELDS = ['%H', '%P', '%ct', '%an', '%B'];
/** Settings of the user would add colours, signatures and notes, or write other characters. */
const FIXED = ['log', '-z', '--stdin', '--encoding=UTF-8', '--no-color', '--no-show-signature', '--no-notes'];

/** The commits that `git log` tells with these options and revisions, one by one. */
export async function* readLog(
  git: Git,
  options: readonly string[],
  revisions: readonly string[],
): AsyncGenerator<GitCommit> {
  const words = [...FIXED, `--format=${FIELDS.join('%x00')}`, ...options];
  let fields: string[] = [];
  for await (const field of splitAtNul(git.stream(words, revisions.map((one) => `${one}\n`).join('')))) {
    fields.push(field);
    if (fields.length < FIELDS.length) continue;
    yield commitOf(fields);
    fields = [];
  }
}

function commitOf([sha = '', parents = '', seconds = '', author = '', message = '']: readonly string[]): GitCommit {
  return {
    sha,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    committed_at: Number(seconds),
    author: author.trim(),
    ...revertsOf(message),
    message,
  };
}
