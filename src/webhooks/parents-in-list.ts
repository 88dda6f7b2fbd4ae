/** The commits that a push lists, oldest first. */
export interface CommitList {
  ids: readonly string[];
  /** What the branch is at now: contains all of them. */
  head: string;
  /** What the head contains besides: what the branch was at before, if it still contains that. */
  base: readonly string[];
  /** Whether each is known to be the parent of the next. */
  chain: boolean;
}

/** Which commits each one follows, where a push does not tell parents: of a chain all, of any other list the head alone. */
export function parentsInList({ ids, head, base, chain }: CommitList): Map<string, string[]> {
  if (chain && ids.at(-1) === head) {
    return new Map(ids.map((id, i) => [id, i === 0 ? [...base] : ids.slice(i - 1, i)]));
  }
  return new Map([[head, [...base, ...ids.filter((id) => id !== head)]]]);
}
