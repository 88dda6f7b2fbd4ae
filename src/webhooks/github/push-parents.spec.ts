import fc from 'fast-check';
import { Payload } from '../payload.js';
import { parentsInPush } from './push-parents.js';

/** A repository in which people commit, branch, merge, rebase and push, and what GitHub would tell of their pushes. */
class Repository {
  private readonly parents: number[][] = [[]];
  private readonly branches = new Map([['main', 0]]);
  private readonly pushed = new Map<string, number>();
  readonly told = new Map<string, Set<string>>();

  commit(branch: string, ...others: number[]): void {
    this.parents.push([this.tip(branch), ...others]);
    this.branches.set(branch, this.parents.length - 1);
  }

  merge(branch: string, other: string): void {
    const [mine, theirs] = [this.tip(branch), this.tip(other)];
    if (this.contained([theirs]).has(mine)) this.branches.set(branch, theirs);
    else if (!this.contained([mine]).has(theirs)) this.commit(branch, theirs);
  }

  /** One commit of the branch is made anew on top of another branch; the rest is dropped. */
  rebase(branch: string, onto: string): void {
    this.branches.set(branch, this.tip(onto));
    this.commit(branch);
  }

  push(branch: string): void {
    const [before, after] = [this.pushed.get(branch), this.tip(branch)];
    const elsewhere = this.contained([...this.pushed].filter(([name]) => name !== branch).map(([, commit]) => commit));
    const known = before === undefined ? elsewhere : this.contained([before]);
    const commits = [...this.contained([after])].filter((commit) => !known.has(commit)).toSorted((a, b) => a - b);
    const forced = before !== undefined && !this.contained([after]).has(before);
    this.pushed.set(branch, after);
    if (commits.length > 0) this.tell({ before, after, forced, commits }, elsewhere);
  }

  /** Everything that these commits contain in truth, themselves included. */
  contained(commits: number[]): Set<number> {
    const seen = new Set<number>();
    const waiting = [...commits];
    for (let commit = waiting.pop(); commit !== undefined; commit = waiting.pop()) {
      if (!seen.has(commit)) waiting.push(...(this.parents[commit] ?? []));
      seen.add(commit);
    }
    return seen;
  }

  private tip(branch: string): number {
    return this.branches.get(branch) ?? this.branches.get('main') ?? 0;
  }

  private tell(
    push: { before: number | undefined; after: number; forced: boolean; commits: number[] },
    elsewhere: Set<number>,
  ) {
    const list = push.commits.map((commit) => ({
      id: `${commit}`,
      distinct: !elsewhere.has(commit),
      message: (this.parents[commit]?.length ?? 0) > 1 ? "Merge branch 'that'" : 'Work',
    }));
    const payload = new Payload({
      before: `${push.before ?? '000'}`,
      after: `${push.after}`,
      forced: push.forced,
      commits: list,
    });
    for (const [commit, parents] of parentsInPush(payload, payload.at('commits').list())) {
      this.told.set(commit, new Set([...(this.told.get(commit) ?? []), ...parents]));
    }
    // Whatever it is: the head contains what was pushed with it.
    const heads = this.toldOf(push.after);
    expect(push.commits.filter((commit) => !heads.has(commit))).toEqual([]);
  }

  /** Everything that a commit contains as far as it was told. */
  toldOf(commit: number): Set<number> {
    const seen = new Set<number>();
    const waiting = [commit];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (!seen.has(next)) waiting.push(...Array.from(this.told.get(`${next}`) ?? [], Number));
      seen.add(next);
    }
    return seen;
  }
}

describe('what pushes tell of their commits', () => {
  it('is never an ancestry that is not there, and always all that leads to a head', () => {
    const branch = fc.constantFrom('main', 'a', 'b', 'c');
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constant('commit' as const), branch, branch) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('merge' as const), branch, branch) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('rebase' as const), branch, branch) },
      { weight: 4, arbitrary: fc.tuple(fc.constant('push' as const), branch, branch) },
    );
    const holds = (actions: ['commit' | 'merge' | 'rebase' | 'push', string, string][]) => {
      const repository = new Repository();
      for (const [what, one, other] of actions) {
        if (what === 'commit') repository.commit(one);
        else repository[what](one, other);
      }
      for (const commit of [...repository.told.keys()].map(Number)) {
        const truth = repository.contained([commit]);
        expect([...repository.toldOf(commit)].filter((ancestor) => !truth.has(ancestor))).toEqual([]);
      }
    };
    fc.assert(fc.property(fc.array(action, { maxLength: 60 }), holds), { numRuns: 2000 });
  });
});
