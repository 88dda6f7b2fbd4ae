import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { random } from './arrival.js';
import { temporaryFolder } from './temporary-folder.js';

export interface GitCommit {
  sha: string;
  parents: string[];
  /** Epoch seconds. */
  committed: number;
}

export interface GitTag {
  name: string;
  sha: string;
}

const START = Date.parse('2026-01-01T00:00:00Z') / 1000;
const TEN_MINUTES = 600;

/**
 * A real repository with the shapes that ancestry has to survive: feature branches, octopus merges, release branches with
 * fixes and cherry-picks, merged back or not, and hotfixes of old releases. The same seed makes the same repository.
 */
export class GitHistory {
  readonly directory = temporaryFolder();

  constructor(size: number, seed: number) {
    this.git(['init', '--quiet', '--bare']);
    this.git(['fast-import', '--quiet'], new Script(random(seed)).write(size));
  }

  commits(): GitCommit[] {
    return this.git(['log', '--all', '--format=%H %ct %P']).map((line) => {
      const [sha, committed, ...parents] = line.split(' ').filter((word) => word !== '');
      return { sha: sha!, committed: Number(committed), parents };
    });
  }

  /** In the order of their releases. */
  tags(): GitTag[] {
    return this.git(['for-each-ref', '--sort=refname', '--format=%(objectname) %(refname:short)', 'refs/tags']).map(
      (line) => ({ sha: line.slice(0, 40), name: line.slice(41) }),
    );
  }

  /** What the tag contains and none of the earlier ones does. */
  newIn(tag: GitTag, earlier: GitTag[]): string[] {
    return this.git(['rev-list', tag.sha, ...earlier.map((one) => `^${one.sha}`)]);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private git(args: string[], input?: string): string[] {
    const output = execFileSync('git', ['-C', this.directory, ...args], { input, maxBuffer: 1 << 28 });
    return output
      .toString()
      .split('\n')
      .filter((line) => line !== '');
  }
}

/** Writes the stream that `git fast-import` reads. */
class Script {
  private readonly lines: string[] = [];
  private commits = 0;
  private tags = 0;
  private readonly releases: number[] = [];
  private main: number;

  constructor(private readonly next: () => number) {
    this.main = this.commit([]);
  }

  write(size: number): string {
    while (this.commits < size - 12) this.work();
    while (this.commits < size) this.main = this.commit([this.main]);
    this.tag(this.main);
    this.lines.push(`reset refs/heads/main`, `from :${this.main}`, '');
    return this.lines.join('\n');
  }

  private work(): void {
    const chance = this.next();
    if (chance < 0.4) this.main = this.commit([this.main]);
    else if (chance < 0.75) this.main = this.commit([this.main, this.branch(this.main, 1 + this.upTo(5))]);
    else if (chance < 0.82) this.octopus();
    else if (chance < 0.92) this.release();
    else this.hotfix();
  }

  private octopus(): void {
    const base = this.main;
    const branches = Array.from({ length: 2 + this.upTo(3) }, () => this.branch(base, 1 + this.upTo(2)));
    this.main = this.commit([base, ...branches]);
  }

  /** Cut from main; main goes on, some of it is picked onto the branch; the branch may come back. */
  private release(): void {
    let branch = this.branch(this.main, this.upTo(3));
    for (let picks = this.upTo(2); picks > 0; picks--) {
      this.main = this.commit([this.main]);
      branch = this.commit([branch]);
    }
    this.tag(branch);
    if (branch !== this.main && this.next() < 0.7) this.main = this.commit([this.main, branch]);
  }

  /** A fix of an old release: tagged, then merged to main, picked to main, or forgotten. */
  private hotfix(): void {
    const release = this.releases[this.upTo(this.releases.length)];
    if (release === undefined) return;
    const fix = this.branch(release, 1 + this.upTo(2));
    this.tag(fix);
    const chance = this.next();
    if (chance < 0.4) this.main = this.commit([this.main, fix]);
    else if (chance < 0.8) this.main = this.commit([this.main]);
  }

  private branch(from: number, length: number): number {
    let tip = from;
    for (let made = 0; made < length; made++) tip = this.commit([tip]);
    return tip;
  }

  private commit([first, ...others]: number[]): number {
    const mark = ++this.commits;
    this.lines.push(
      'commit refs/heads/work',
      `mark :${mark}`,
      `committer A <a@example.com> ${START + mark * TEN_MINUTES} +0000`,
      `data ${String(mark).length}`,
      String(mark),
      ...(first === undefined ? [] : [`from :${first}`]),
      ...others.map((other) => `merge :${other}`),
      '',
    );
    return mark;
  }

  private tag(commit: number): void {
    this.releases.push(commit);
    this.lines.push(`reset refs/tags/r${String(++this.tags).padStart(4, '0')}`, `from :${commit}`, '');
  }

  /** 0 up to, not including, the limit. */
  private upTo(limit: number): number {
    return Math.floor(this.next() * limit);
  }
}
