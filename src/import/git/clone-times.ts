import { isPossible, possibleTime } from '../../events/instant.js';
import type { Landings } from '../history/landings.js';
import type { CloneCommit } from './clone-commits.js';
import type { GitTag } from './git-tags.js';

/** When what is in a clone happened, though some of the clocks were wrong. Times are in seconds since 1970. */
export class CloneTimes {
  private readonly now = Math.floor(Date.now() / 1000);
  /** Of commits with annotated tags, when the first of these was made. */
  private readonly dated = new Map<string, number>();
  /** Of each commit, the time of the earliest of the tags that contain it. */
  private readonly tagged = new Map<string, number>();

  constructor(
    private readonly commits: ReadonlyMap<string, CloneCommit>,
    private readonly landings: Landings,
    tags: readonly GitTag[],
  ) {
    for (const { sha, tagged_at: at } of tags) {
      if (at !== null && this.canBe(at)) this.dated.set(sha, Math.min(at, this.dated.get(sha) ?? at));
    }
    const all = tags.map((tag) => ({ sha: tag.sha, at: this.ofTag(tag) }));
    for (const { sha, at } of all.toSorted((a, b) => a.at - b.at)) this.reach(sha, at);
  }

  /** When a commit came to the default branch; else, to a tag: it was made no later than that. */
  cameOut({ sha, committed_at }: CloneCommit): number {
    return this.landed(sha) ?? this.tagged.get(sha) ?? committed_at;
  }

  /** When a tag was made; of a lightweight one, which does not say, when its commit was. */
  ofTag({ sha, tagged_at }: GitTag): number {
    if (tagged_at !== null && this.canBe(tagged_at)) return tagged_at;
    return this.ofCommit(sha) ?? this.before(sha) ?? this.clock(sha);
  }

  canBe(time: number): boolean {
    return isPossible(time, this.now);
  }

  private landed(sha: string): number | undefined {
    const landing = this.landings.of(sha);
    return landing && Number(landing.at);
  }

  /** By its clock; where that was wrong, when it landed, or was tagged; undefined: neither is known. */
  private ofCommit(sha: string): number | undefined {
    const landed = this.landed(sha);
    if (landed !== undefined) return Number(possibleTime(this.clock(sha), landed));
    return this.canBe(this.clock(sha)) ? this.clock(sha) : this.dated.get(sha);
  }

  /** The time of the nearest commit before it, of several the latest. */
  private before(sha: string): number | undefined {
    for (let nearest = [sha]; nearest.length > 0;) {
      const parents = new Set(nearest.flatMap((one) => this.commits.get(one)?.parents ?? []));
      const times = [...parents].map((parent) => this.ofCommit(parent)).filter((time) => time !== undefined);
      if (times.length > 0) return Math.max(...times);
      nearest = [...parents];
    }
    return undefined;
  }

  private clock(sha: string): number {
    return this.commits.get(sha)?.committed_at ?? 0;
  }

  /** What an earlier tag has reached, it has with all that comes before. */
  private reach(tip: string, at: number): void {
    const open = [tip];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      if (this.tagged.has(sha)) continue;
      this.tagged.set(sha, at);
      open.push(...(this.commits.get(sha)?.parents ?? []));
    }
  }
}
