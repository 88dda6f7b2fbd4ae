import { parentsInList } from '../parents-in-list.js';
import type { Payload } from '../payload.js';

/**
 * Which commits each commit of a push follows. The payload does not tell parents, only the commits that `after` contains
 * and `before` does not, oldest first. If none of them is a merge, they are a chain: each the parent of the next, `before`
 * that of the first (unless forced, or of a new branch, where it is not the parent of any).
 *
 * With a merge among them they are not. The commits of a merged branch do not contain what happened on the default branch
 * meanwhile, though they are listed after it; a chain would say so for good, and a release made from that branch would be
 * taken to have shipped all of it. What stays true then is that the head contains everything, so it alone gets parents.
 * That loses little: a commit within the push that is deployed by itself carries itself only.
 */
export function parentsInPush(payload: Payload, commits: readonly Payload[]): Map<string, string[]> {
  const before = payload.at('before').text();
  const base = payload.at('forced').flag() || /^0+$/.test(before) ? [] : [before];
  const ids = commits.map((commit) => commit.at('id').text());
  return parentsInList({ ids, head: payload.at('after').text(), base, chain: isChain(commits) });
}

/** GitHub lists no more than so many commits of one push. */
const MOST_LISTED = 2048;

/**
 * Nothing says whether a commit is a merge, so any sign of one is believed:
 * - commits that were pushed before, to another branch (not `distinct`): they were told then, from nearer by;
 * - a message as git and GitHub write it for a merge;
 * - commits that GitHub made (a merge by its button) beside commits that it did not, as when a fork is merged.
 * A merge made by hand, of a branch that was never pushed, under a message of its own, shows none of them.
 */
function isChain(commits: readonly Payload[]): boolean {
  const by_github = commits.filter(isMadeByGithub).length;
  return (
    commits.length < MOST_LISTED &&
    commits.every((commit) => commit.at('distinct').flagUnlessFalse()) &&
    !commits.some((commit) => /^merge\b/i.test(commit.at('message').optionalText() ?? '')) &&
    (by_github === 0 || by_github === commits.length)
  );
}

function isMadeByGithub(commit: Payload): boolean {
  const committer = commit.at('committer');
  return (
    committer.at('username').optionalText() === 'web-flow' ||
    committer.at('email').optionalText() === 'noreply@github.com'
  );
}
