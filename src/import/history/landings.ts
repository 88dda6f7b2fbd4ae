import { type HistoryCommit, type Instant, isPossible } from './history-commit.js';

/** When and with which commit at its head something reached the default branch. */
export interface Landing {
  head: string;
  at: Instant;
}

/** One move of the default branch, where it is known. */
export interface Push {
  before: string;
  after: string;
  at: Instant;
}

/**
 * How each commit reached the default branch. What a push brought landed with its head. Where no push is known, each
 * commit of the branch itself landed alone when it was made; a merge brought all that it merged.
 */
export class Landings {
  private readonly landed = new Map<string, Landing>();

  /** The pushes in the order in which they happened. */
  constructor(
    private readonly commits: ReadonlyMap<string, HistoryCommit>,
    tip: string,
    pushes: readonly Push[] = [],
  ) {
    for (const { before, after, at } of pushes) {
      this.landTrunk(before);
      this.land({ head: after, at });
    }
    this.landTrunk(tip);
  }

  of(sha: string): Landing | undefined {
    return this.landed.get(sha);
  }

  private landTrunk(tip: string): void {
    const trunk = new Set<HistoryCommit>();
    for (let one = this.waiting(tip); one && !trunk.has(one); one = this.waiting(one.trunk)) trunk.add(one);
    const oldest_first = [...trunk].toReversed();
    let before = this.landed.get(oldest_first[0]?.trunk ?? '')?.at;
    for (const { sha, committed_at } of oldest_first) {
      // A clock that cannot have been right is corrected by the commit before.
      const at: Instant = isPossible(committed_at) ? committed_at : (before ?? committed_at);
      this.land({ head: sha, at });
      before = at;
    }
  }

  /** Everything that the head contains and that had not landed before. */
  private land(landing: Landing): void {
    const open = [landing.head];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const commit = this.waiting(sha);
      if (commit === undefined) continue;
      this.landed.set(sha, landing);
      open.push(...commit.parents);
    }
  }

  private waiting(sha: string | undefined): HistoryCommit | undefined {
    return sha === undefined || this.landed.has(sha) ? undefined : this.commits.get(sha);
  }
}
