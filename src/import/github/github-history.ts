import { revertsOf } from '../../events/reverts.js';
import { Payload } from '../../webhooks/payload.js';
import { type HistoryCommit, trunkOf } from '../history/history-commit.js';
import type { Push } from '../history/landings.js';
import { type GithubApi, GithubRefusal, type Raw } from './github-api.js';

/** A commit of the REST API, read as the reader of pushes reads one of theirs. */
export function commitOf(raw: Raw, default_branch: string): HistoryCommit {
  const commit = new Payload(raw);
  const parents = commit
    .at('parents')
    .list()
    .map((parent) => parent.at('sha').text());
  const message = commit.at('commit', 'message').optionalText();
  return {
    sha: commit.at('sha').text(),
    parents,
    trunk: trunkOf(parents, message ?? '', default_branch),
    committed_at: commit.at('commit', 'committer', 'date').time(),
    author: commit.at('author', 'login').optionalText() ?? commit.at('commit', 'author', 'name').optionalText(),
    url: commit.at('html_url').optionalText(),
    ...revertsOf(message),
  };
}

/** That a branch was made or deleted is no push to it; a forced one is. */
const PUSHES = new Set(['push', 'force_push', 'pr_merge', 'merge_queue_merge']);

/** The pushes to a branch, the oldest first; none where GitHub does not tell, as an older Enterprise Server. */
export async function readPushes(api: GithubApi, branch: string, since: number): Promise<Push[]> {
  const pushes: Push[] = [];
  try {
    for await (const raw of api.list('/activity', { ref: `refs/heads/${branch}` })) {
      const activity = new Payload(raw);
      const at = activity.at('timestamp').text();
      if (Date.parse(at) < since) break;
      if (!PUSHES.has(activity.at('activity_type').text())) continue;
      pushes.push({ before: activity.at('before').text(), after: activity.at('after').text(), at });
    }
  } catch (cause) {
    if (!(cause instanceof GithubRefusal) || ![403, 404, 410].includes(cause.status)) throw cause;
  }
  return pushes.toReversed();
}
