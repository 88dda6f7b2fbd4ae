import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { temporaryFolder } from './temporary-folder.js';

const START = Date.parse('2026-03-02T08:00:00Z') / 1000;

/** A checkout to commit to by hand. Its clock goes on by ten minutes a commit. */
export class GitCheckout {
  readonly directory = temporaryFolder();
  private clock = START;

  constructor(from?: { url: string; depth: number }) {
    if (from) this.git(['clone', '--quiet', `--depth=${from.depth}`, `file://${from.url}`, '.']);
    else this.git(['init', '--quiet', '--initial-branch=main']);
  }

  /** Returns the id of the new commit. */
  commit(message: string, { author = 'Ada', at = (this.clock += 600) } = {}): string {
    return this.stamped(['commit', '--quiet', '--allow-empty', `--message=${message}`], author, at);
  }

  merge(branch: string): string {
    return this.stamped(
      ['merge', '--quiet', '--no-ff', `--message=Merge ${branch}`, branch],
      'Ada',
      (this.clock += 600),
    );
  }

  git(args: string[], env: Record<string, string> = {}): string {
    const options = { cwd: this.directory, env: { ...process.env, ...env }, maxBuffer: 1 << 28 };
    return execFileSync('git', args, options).toString().trim();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private stamped(args: string[], author: string, at: number): string {
    this.git(args, {
      GIT_AUTHOR_NAME: author,
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_AUTHOR_DATE: `${at - 3600} +0000`,
      GIT_COMMITTER_NAME: 'Committer',
      GIT_COMMITTER_EMAIL: 'committer@example.com',
      GIT_COMMITTER_DATE: `${at} +0000`,
    });
    return this.git(['rev-parse', 'HEAD']);
  }
}
