import { parentsInList } from '../parents-in-list.js';

interface ListedCommit {
  id: string;
  /** None if they are not told. */
  parents: readonly string[];
}

/**
 * Which commits each one follows, as Bitbucket tells it. It lists the newest five of a push: if what the branch was at
 * before is not among their parents, the head is told to follow that as well, for it does.
 *
 * @param base what the branch was at before, if its head still contains that
 */
export function parentsOf(commits: readonly ListedCommit[], head: string, base: readonly string[]) {
  if (commits.every(({ parents }) => parents.length === 0)) {
    return parentsInList({ ids: commits.map(({ id }) => id), head, base, chain: false });
  }
  const told = new Map(commits.map(({ id, parents }) => [id, [...parents]]));
  const reached = base.every((id) => commits.some(({ parents }) => parents.includes(id)));
  if (!reached) told.set(head, [...(told.get(head) ?? []), ...base]);
  return told;
}
