import { commitEvents, type ToldCommit } from '../../events/commit-events.js';
import type { Instant } from '../../events/instant.js';
import { revertsOf } from '../../events/reverts.js';
import type { Scope } from '../../scope/scope.js';
import { listedFiles } from '../listed-files.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { timeOf } from './gitlab-time.js';
import { defaultBranchOf, pipelineOf } from './project.js';

/** A push tells its commits, and that they landed if it is one to the default branch. */
export function readPush(payload: Payload, scope: Scope): Reading {
  const head = payload.at('after').text();
  if (isNone(head)) return { ignored: 'branch_deleted' };
  const commits = payload.at('commits').list();
  if (commits.length === 0) return { ignored: 'no_commits' };
  if (isTest(payload, commits)) return { ignored: 'test' };
  const lands = payload.at('ref').text() === `refs/heads/${defaultBranchOf(payload, scope)}`;
  const told = commits.map((commit) => readCommit(commit, lands ? head : undefined));
  const pushed_at = pushedAt(told, head);
  const others = told.filter(({ sha }) => sha !== head);
  const head_commit = {
    ...(told.find(({ sha }) => sha === head) ?? { sha: head, committed_at: pushed_at }),
    parents: [...baseOf(payload, lands), ...others.map(({ sha }) => sha)],
  };
  const landing = lands ? { head, at: pushed_at } : undefined;
  const events = [...others, head_commit].flatMap((commit) =>
    commitEvents(pipelineOf(payload), commit, pushed_at, landing),
  );
  return { events };
}

/**
 * Only the head gets parents: all that is listed, the newest twenty commits. GitLab does not tell which of them follows
 * which, nor which are merges (projects write the messages of these as they like), nor which were pushed before to
 * another branch; to take a list for a chain would sooner or later tell an ancestry that is not there, for good.
 */
function readCommit(commit: Payload, landed: string | undefined): ToldCommit {
  return {
    sha: commit.at('id').text(),
    parents: [],
    committed_at: timeOf(commit.at('timestamp')),
    author: commit.at('author', 'name').optionalText(),
    url: commit.at('url').optionalText(),
    ...revertsOf(commit.at('message').optionalText()),
    files: listedFiles(commit, landed),
  };
}

/**
 * What the head contains besides: what the branch was at before, of the default branch and of protected ones. Any other
 * may have been rebased, and GitLab does not tell whether a push was forced.
 */
function baseOf(payload: Payload, is_default: boolean): string[] {
  const before = payload.at('before').text();
  const keeps_history = is_default || payload.at('ref_protected').flag();
  return keeps_history && !isNone(before) ? [before] : [];
}

/** GitLab tells no time of a push. It was no earlier than its head; a merge by GitLab is made and pushed at once. */
function pushedAt(told: readonly ToldCommit[], head: string): Instant {
  const newest = told.find(({ sha }) => sha === head) ?? told.at(-1);
  return newest?.committed_at ?? '';
}

/**
 * A push that GitLab makes up when somebody presses _Test_: the latest commits as if they had been pushed together, which
 * would make them one change. It lists the commit that the branch was at before, as no push does; of an empty project it
 * is one to a project that is not there.
 */
function isTest(payload: Payload, commits: readonly Payload[]): boolean {
  const before = payload.at('before').text();
  const project = payload.at('project', 'web_url').optionalText();
  return project === 'http://test.example.com/gitlab/gitlab' || commits.some((one) => one.at('id').text() === before);
}

function isNone(sha: string): boolean {
  return /^0+$/.test(sha);
}
