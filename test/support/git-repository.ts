import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.js';

export interface CommitOptions {
  message?: string;
  author?: string;
  /** Seconds since 1970; else ten minutes after the commit before. */
  time?: number;
  /** Those that it changes; none unless given. */
  files?: string[];
}

const START = Date.parse('2026-01-05T08:00:00Z') / 1000;
const TEN_MINUTES = 600;

/** A repository on a server, made commit by commit, and clones of it. */
export class GitRepository {
  private readonly folder = temporaryFolder();
  private readonly origin = join(this.folder, 'origin.git');
  private readonly empty_tree: string;
  private readonly tips = new Map<string, string>();
  private readonly trees = new Map<string, string>();
  private made = 0;
  /** When the last commit or tag was made. */
  time = START;

  constructor() {
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', this.origin]);
    this.empty_tree = this.git(['mktree'], { input: '' });
  }

  /** On the tip of the branch, or as a merge of others into it. */
  commit(branch: string, options: CommitOptions = {}, ...merged: string[]): string {
    const { author = 'Ada', time = this.time + TEN_MINUTES, message = `Work ${++this.made}`, files = [] } = options;
    this.time = time;
    const first = this.tips.get(branch);
    const parents = [...(first === undefined ? [] : [first]), ...merged].flatMap((sha) => ['-p', sha]);
    const tree = this.changed(this.trees.get(first ?? '') ?? this.empty_tree, files);
    const sha = this.git(['commit-tree', tree, ...parents], { input: message, time, author });
    this.trees.set(sha, tree);
    this.move(branch, sha);
    return sha;
  }

  /** A tree in which these files are others. */
  private changed(tree: string, files: readonly string[]): string {
    if (files.length === 0) return tree;
    this.git(['read-tree', tree]);
    const content = this.git(['hash-object', '-w', '--stdin'], { input: `Version ${this.made}` });
    for (const file of files) this.git(['update-index', '--add', '--cacheinfo', `100644,${content},${file}`]);
    return this.git(['write-tree']);
  }

  /** Makes or moves a branch. */
  move(branch: string, sha: string): void {
    this.tips.set(branch, sha);
    this.git(['update-ref', `refs/heads/${branch}`, sha]);
  }

  /** The next commit to it begins a history. */
  forget(branch: string): void {
    this.tips.delete(branch);
  }

  tip(branch: string): string {
    return this.tips.get(branch) ?? '';
  }

  tag(name: string, sha: string, annotated?: { time: number }): void {
    if (annotated === undefined) this.git(['tag', name, sha]);
    else this.git(['tag', '--annotate', '--message', name, name, sha], { time: annotated.time });
  }

  clone(...options: string[]): string {
    const directory = mkdtempSync(join(this.folder, 'clone-'));
    execFileSync('git', ['clone', '--quiet', ...options, `file://${this.origin}`, directory]);
    return directory;
  }

  git(args: string[], { input = '', time = this.time, author = 'Ada' } = {}): string {
    const person = { NAME: author, EMAIL: 'a@example.com', DATE: `@${time} +0000` };
    const roles = ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(person).map(([name, value]) => [`GIT_${role}_${name}`, value]),
    );
    const env = { PATH: process.env['PATH'], ...Object.fromEntries(roles) };
    return execFileSync('git', ['-C', this.origin, ...args], { input, env, stdio: ['pipe', 'pipe', 'ignore'] })
      .toString()
      .trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
