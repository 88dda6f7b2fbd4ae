import type { ToldCommit } from '../events/commit-events.js';
import { revertsOf } from '../events/reverts.js';
import type { Payload } from './payload.js';

/** A commit as GitHub, and with it Gitea and Forgejo, list it in a push. */
export function listedCommit(commit: Payload, parents: ReadonlyMap<string, string[]>): ToldCommit {
  const sha = commit.at('id').text();
  return {
    sha,
    parents: parents.get(sha) ?? [],
    committed_at: commit.at('timestamp').time(),
    author: commit.at('author', 'username').optionalText() ?? commit.at('author', 'name').optionalText(),
    url: commit.at('url').optionalText(),
    ...revertsOf(commit.at('message').optionalText()),
  };
}
