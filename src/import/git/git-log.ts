import { type HistoryCommit, trunkOf } from '../history/history-commit.js';
import type { Git } from '../../git/git.js';
import { pullRequestNumber } from './pull-request-number.js';

export interface GitCommit extends HistoryCommit {
  committed_at: number;
  pull_request_id: number | undefined;
}

/** Id, parents, time of the commit, author, message. None can hold a NUL: git keeps no text with one. */
const FIELDS = ['%H', '%P', '%ct', '%an', '%B'];
const ARGS = ['log', '-z', '--stdin', '--encoding=UTF-8', '--no-color', '--no-show-signature', '--no-notes'];

/** Every commit that the given ones contain, by id. */
export async function readLog(
  git: Git,
  tips: readonly string[],
  default_branch: string,
): Promise<Map<string, GitCommit>> {
  const commits = new Map<string, GitCommit>();
  const output = git.stream([...ARGS, `--format=${FIELDS.join('%x00')}`], tips.map((tip) => `${tip}\n`).join(''));
  let fields: string[] = [];
  for await (const field of splitAtNul(output)) {
    fields.push(field);
    if (fields.length < FIELDS.length) continue;
    const commit = commitOf(fields, default_branch);
    commits.set(commit.sha, commit);
    fields = [];
  }
  return commits;
}

function commitOf(fields: readonly string[], default_branch: string): GitCommit {
  const [sha = '', told = '', seconds = '', author = '', message = ''] = fields;
  const parents = told.split(' ').filter((parent) => parent !== '');
  return {
    sha,
    parents,
    trunk: trunkOf(parents, message, default_branch),
    committed_at: Number(seconds),
    author: author.trim() || undefined,
    url: undefined,
    pull_request_id: pullRequestNumber(message),
  };
}

/** The pieces between NULs; after the last one comes nothing. */
async function* splitAtNul(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]).toString();
      rest = [];
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
  }
  if (rest.some((part) => part.length > 0)) yield Buffer.concat(rest).toString();
}
