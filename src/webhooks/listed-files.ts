import type { Payload } from './payload.js';

const LISTS = ['added', 'modified', 'removed'];

/** GitHub lists no more of a commit. */
const MOST_LISTED = 3000;

/** As git and the providers write it, and nobody else should: a commit that is taken for a merge counts for nothing by itself. */
const MERGE = /^Merge (?:pull request (?:#\d|')|(?:(?:remote-tracking )?branch(?:es)?|tag|commit) ')/;

/**
 * The files that a commit changes by itself, as GitHub, Gitea, Forgejo and GitLab list them in a push; undefined: it is not
 * known which. No file at all is not believed: nobody tells a diff that was too large from an empty one.
 *
 * A merge lists what it merged, which other commits changed, and are listed with. Of what is merged into the default branch that
 * is right, and may be more than is known of those commits. Of what the default branch, merged into another one, has brought to
 * that, none is a change of that branch.
 *
 * @param landed what the default branch is at now, if the push was one to that
 */
export function listedFiles(commit: Payload, landed: string | undefined): string[] | undefined {
  const lists = LISTS.map((name) => commit.at(name).json()).filter((list) => Array.isArray(list));
  if (lists.length === 0) return undefined;
  const files = lists.flat().filter((file): file is string => typeof file === 'string');
  const is_merge = MERGE.test(commit.at('message').optionalText() ?? '');
  if (is_merge && commit.at('id').optionalText() !== landed) return [];
  const unknown = files.length >= MOST_LISTED || (files.length === 0 && !is_merge);
  return unknown ? undefined : files;
}
