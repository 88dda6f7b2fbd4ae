import type { Random } from '../../../src/demo/history/random.js';
import { HOUR, MINUTE } from '../../../src/demo/history/work-hours.js';
import type { Telling } from './telling.js';

const STYLES = ['squash', 'squash', 'squash', 'squash', 'merge', 'merge', 'direct'] as const;
const AUTHORS = ['ada', 'grace', 'edsger', 'barbara'] as const;
const BOT = 'dependabot[bot]';
const BOTS = 0.1;
/** Of what goes to the default branch without review: a clock that goes ahead of the others'. */
const SKEWED = 0.05;

export interface Opened {
  at: number;
  commits: string[];
  head: string;
}

/** Changes on their way to the default branch: by pull requests, squashed or merged, or without one. */
export class Changes {
  private readonly branch: { commit_id: string; at: number }[] = [];
  private pullRequests = 0;

  constructor(
    private readonly random: Random,
    private readonly telling: Telling,
  ) {}

  /** What landed then, and the pull request that it came by. */
  land(at: number): { landed: string; opened: Opened | null } {
    const style = this.random.pick(STYLES);
    if (style === 'direct') return { landed: this.commit(at - this.random.around(2 * HOUR), at), opened: null };
    const author = this.random.chance(BOTS) ? BOT : this.random.pick(AUTHORS);
    const opened = this.open(at - this.random.around(6 * HOUR), author);
    const landed = this.random.sha();
    this.telling.tell(at, { type: 'approve', commit_id: landed, pull_request_id: this.pullRequests });
    const landing = { landed_at: new Date(at).toISOString(), landed_head: landed };
    const merged = style === 'merge' ? opened : { commits: [], head: null };
    for (const commit_id of merged.commits) this.telling.tell(opened.at, { type: 'commit', commit_id, ...landing });
    const parents = [...this.parents(), ...(merged.head === null ? [] : [merged.head])];
    this.telling.tell(at, { type: 'commit', commit_id: landed, author, parents, ...landing });
    this.branch.push({ commit_id: landed, at });
    return { landed, opened };
  }

  /** A commit without review. */
  commit(at: number, landed: number): string {
    const commit_id = this.random.sha();
    const committed = this.random.chance(SKEWED) ? landed + this.random.between(0, 40 * MINUTE) : at;
    const landing = { landed_at: new Date(landed).toISOString(), landed_head: commit_id };
    const author = this.random.pick(AUTHORS);
    this.telling.tell(committed, { type: 'commit', commit_id, author, parents: this.parents(), ...landing });
    this.branch.push({ commit_id, at: landed });
    return commit_id;
  }

  private open(at: number, author: string): Opened {
    const pull_request_id = ++this.pullRequests;
    const begun = at - this.random.around(5 * HOUR);
    const commits = this.random.chance(0.5) ? [this.random.sha()] : [this.random.sha(), this.random.sha()];
    let parents = this.parents(begun);
    for (const [index, commit_id] of commits.entries()) {
      this.telling.tell(begun + index * MINUTE, { type: 'commit', commit_id, pull_request_id, author, parents });
      parents = [commit_id];
    }
    const head = commits.at(-1) ?? '';
    this.telling.tell(at, { type: 'submit', commit_id: head, pull_request_id, author });
    return { at, commits, head };
  }

  /** What a commit of that time follows. */
  private parents(at = Infinity): string[] {
    const before = this.branch.findLast((landed) => landed.at <= at);
    return before === undefined ? [] : [before.commit_id];
  }
}
