import type { Landing } from '../../events/commit-events.js';
import { type Instant, isPossible } from '../../events/instant.js';
import type { HistoryCommit } from './history-commit.js';

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
    const now = new Date().toISOString();
    // A clock that cannot have been right is corrected by the commit before; at the beginning, by the first that can.
    const right = oldest_first.find(({ committed_at }) => isPossible(committed_at, now));
    let before = this.landed.get(oldest_first[0]?.trunk ?? '')?.at ?? right?.committed_at;
    for (const { sha, committed_at } of oldest_first) {
      const at: Instant = isPossible(committed_at, now) ? committed_at : (before ?? committed_at);
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
