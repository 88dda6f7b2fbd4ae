import type { Agenda } from './agenda.js';
import { type Change, landing } from './change.js';
import type { Profile } from './profile.js';
import type { Random } from './random.js';
import { instant, type Stories } from './story.js';
import { atWork, HOUR, isWorkday, MINUTE, weekday } from './work-hours.js';

const BOT = 'dependabot[bot]';
/** Pull requests that come to nothing. */
const ABANDONED = 0.05;

interface Pace {
  author: string;
  coding: number;
  review: number;
  /** Whether it goes on at night and on Sundays. */
  urgent: boolean;
}

/** Makes changes and lands them on the default branch. */
export class Workshop {
  /** The newest commit of the default branch. */
  head: string;
  private pullRequests: number;

  constructor(
    private readonly profile: Profile,
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly stories: Stories,
    private readonly onLanded: (at: number, commits: string[]) => void,
  ) {
    this.head = random.sha();
    this.pullRequests = random.integer(100, 900);
  }

  planDay(day: number): void {
    const { changes, weekend } = this.profile;
    const count = isWorkday(day)
      ? Math.round(changes * this.random.between(0.3, 1.7))
      : Number(this.random.chance(weekend));
    for (let i = 0; i < count; i++) {
      const at = day + this.random.between(8.2 * HOUR, 15 * HOUR);
      this.agenda.at(at, () => this.begin(at));
    }
    if (weekday(day) === 1 && !this.profile.merging.includes('plain'))
      this.planBot(day + this.random.between(5 * HOUR, 6 * HOUR));
  }

  /** A repair: one small change, as fast as can be. Returns when it lands. */
  repair(at: number, within: number): number {
    const author = this.random.pick(this.profile.authors);
    return this.make(at, { author, coding: within * 0.5, review: within * 0.3, urgent: true }, 1);
  }

  private begin(at: number): void {
    const { authors, coding, review } = this.profile;
    const pace = { author: this.random.pick(authors), coding, review, urgent: !isWorkday(at) };
    const commits = 1 + [0.6, 0.5, 0.3].filter((chance) => this.random.chance(chance)).length;
    this.make(at, pace, commits);
  }

  private planBot(at: number): void {
    const pace = { author: BOT, coding: MINUTE, review: Math.max(this.profile.review, 3 * HOUR), urgent: false };
    this.agenda.at(at, () => this.make(at, pace, 1));
  }

  private make(at: number, pace: Pace, count: number): number {
    const bot = pace.author === BOT;
    const merging =
      bot || (pace.urgent && !this.profile.merging.includes('plain'))
        ? 'squash'
        : this.random.pick(this.profile.merging);
    const reviewed = merging !== 'direct' && merging !== 'plain';
    const pull_request_id = reviewed ? ++this.pullRequests : null;
    const change: Change = { merging, author: pace.author, pull_request_id, commits: [], story: this.stories.begin() };
    let last = this.write(change, at, pace, merging === 'plain' ? 1 : count);
    if (merging === 'direct') last += 2 * MINUTE;
    else last = this.review(change, last, pace);
    if (reviewed && !pace.urgent && this.random.chance(ABANDONED)) return last;
    this.agenda.at(last, () => this.land(change, last));
    return last;
  }

  /** The commits, which are pushed to a branch as they are made; those of a direct push are told when they land. */
  private write(change: Change, begun: number, pace: Pace, count: number): number {
    let at = begun;
    for (let i = 0; i < count; i++) {
      const id = this.random.sha();
      const parents = [change.commits.at(-1)?.id ?? this.head];
      change.commits.push({ id, at, parents });
      if (change.merging !== 'direct') this.tellCommit(change, id, at, parents);
      if (i < count - 1) at = this.later(at, pace.coding, pace);
    }
    return at;
  }

  private review({ merging, author, pull_request_id, commits, story }: Change, written: number, pace: Pace): number {
    const head = commits.at(-1)?.id ?? this.head;
    const opened = this.later(written, author === BOT ? MINUTE : 20 * MINUTE, {
      ...pace,
      urgent: pace.urgent || author === BOT,
    });
    story.tell(opened, { type: 'submit', commit_id: head, author, ...(pull_request_id ? { pull_request_id } : {}) });
    const approved = this.later(opened, pace.review, pace);
    if (merging === 'plain') story.tell(approved, { type: 'approve', commit_id: head });
    return approved;
  }

  private land(change: Change, at: number): void {
    const landed = landing(change, at, this.head, this.random);
    const head = landed.at(-1)?.id ?? this.head;
    if (change.merging !== 'plain') {
      for (const { id, at: made, parents } of landed) {
        this.tellCommit(change, id, made, parents, { landed_at: instant(at), landed_head: head });
      }
    }
    const { pull_request_id, story } = change;
    if (pull_request_id) story.tell(at, { type: 'approve', commit_id: head, pull_request_id });
    this.head = head;
    this.onLanded(
      at,
      landed.map(({ id }) => id),
    );
  }

  private tellCommit(change: Change, id: string, at: number, parents: string[], landed: object = {}): void {
    const ancestry = change.merging === 'plain' ? {} : { parents };
    change.story.tell(at, { type: 'commit', commit_id: id, author: change.author, ...ancestry, ...landed });
  }

  private later(at: number, median: number, { urgent }: Pace): number {
    const then = at + this.random.around(median);
    return urgent ? then : atWork(then, this.random);
  }
}
