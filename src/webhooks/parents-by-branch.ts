import { parentsInList } from './parents-in-list.js';

/** A push by somebody who tells neither parents nor whether it was forced. */
export interface Push {
  /** In the order of their time, the oldest or the newest first. */
  commits: readonly { id: string; is_merge: boolean }[];
  /** Whether they are all that it brought. */
  complete: boolean;
  head: string;
  /** What the branch was at before; zeros if it is new. */
  before: string;
  to_default_branch: boolean;
}

/**
 * Which commits each commit follows. What is true depends on the branch:
 *
 * - The default branch is hardly ever forced: its head contains what it was at before. It grows by merges, under messages
 *   that people may change, so the list is taken for no chain.
 * - Any other branch may have been rebased: what it was at before is nobody's parent. There merges are made by hand, and
 *   git writes their messages: a list without such a message is a chain. A new branch may list commits that it began with.
 */
export function parentsByBranch({ commits, complete, head, before, to_default_branch }: Push): Map<string, string[]> {
  const is_new = isNothing(before);
  const ids = commits.map(({ id }) => id);
  return parentsInList({
    ids: ids[0] === head ? ids.toReversed() : ids,
    head,
    base: to_default_branch && !is_new ? [before] : [],
    chain: !to_default_branch && !is_new && complete && !commits.some(({ is_merge }) => is_merge),
  });
}

/** What git calls the absence of a commit. */
export function isNothing(id: string): boolean {
  return /^0+$/.test(id);
}
