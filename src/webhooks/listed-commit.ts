import type { ToldCommit } from '../events/commit-events.js';
import { revertsOf } from '../events/reverts.js';
import { listedFiles } from './listed-files.js';
import type { Payload } from './payload.js';

/**
 * A commit as GitHub, and with it Gitea and Forgejo, list it in a push.
 *
 * @param landed what the default branch is at now, if the push was one to that
 */
export function listedCommit(
  commit: Payload,
  parents: ReadonlyMap<string, string[]>,
  landed: string | undefined,
): ToldCommit {
  const sha = commit.at('id').text();
  return {
    sha,
    parents: parents.get(sha) ?? [],
    committed_at: commit.at('timestamp').time(),
    author: commit.at('author', 'username').optionalText() ?? commit.at('author', 'name').optionalText(),
    url: commit.at('url').optionalText(),
    ...revertsOf(commit.at('message').optionalText()),
    files: listedFiles(commit, landed),
  };
}
