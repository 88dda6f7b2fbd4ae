import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../start-error.js';

const run = promisify(execFile);
/** Some million commits. */
const MOST_BYTES = 512 * 1024 * 1024;
/** A field each, all ended by NUL, which no field can hold. */
const FORMAT = 'tformat:%H%x00%P%x00%ct%x00%an';

export interface GitCommit {
  sha: string;
  parents: string[];
  /** Epoch seconds of the committer's clock. */
  committed: number;
  author: string;
}

/** What a git repository knows of its commits. */
export class GitRepository {
  private constructor(private readonly directory: string) {}

  /** @throws StartError saying why there is none */
  static async at(directory: string): Promise<GitRepository> {
    const repository = new GitRepository(directory);
    await repository.git(['rev-parse', '--git-dir']);
    return repository;
  }

  /** The id of the commit that a name stands for (a tag, a branch, the beginning of an id); null: of none here. */
  async commitOf(name: string): Promise<string | null> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    const output = await this.git(args).catch(() => null);
    return output?.trim() ?? null;
  }

  /** What the commit contains, and none of the others does; parents before children. */
  async log(commit: string, without: readonly string[]): Promise<GitCommit[]> {
    return this.read(['--topo-order', '--reverse', commit, ...without.map((one) => `^${one}`)]);
  }

  /** These commits alone. */
  async show(commits: readonly string[]): Promise<GitCommit[]> {
    return commits.length === 0 ? [] : this.read(['--no-walk', ...commits]);
  }

  /** Those of the commits that the other one contains. */
  async contained(commits: readonly string[], other: string): Promise<string[]> {
    if (commits.length === 0) return [];
    const output = await this.git(['rev-list', ...commits, `^${other}`]);
    const outside = new Set(output.split('\n'));
    return commits.filter((commit) => !outside.has(commit));
  }

  /** The commits whose parents a shallow clone leaves out. */
  async cutOff(): Promise<Set<string>> {
    const path = (await this.git(['rev-parse', '--git-path', 'shallow'])).trim();
    const text = await readFile(resolve(this.directory, path), 'utf8').catch(() => '');
    return new Set(text.split('\n').filter((line) => line !== ''));
  }

  private async read(args: readonly string[]): Promise<GitCommit[]> {
    // Settings of the user would add signatures, or other characters.
    const fixed = ['-c', 'log.showSignature=false', 'log', '-z', '--encoding=UTF-8', `--format=${FORMAT}`];
    const fields = (await this.git([...fixed, ...args, '--'])).split('\0');
    return Array.from({ length: Math.floor(fields.length / 4) }, (_, i) => {
      const [sha = '', parents = '', committed = '', author = ''] = fields.slice(i * 4, i * 4 + 4);
      return { sha, parents: parents.split(' ').filter((one) => one !== ''), committed: Number(committed), author };
    });
  }

  private async git(args: readonly string[]): Promise<string> {
    try {
      return (await run('git', ['-C', this.directory, ...args], { maxBuffer: MOST_BYTES })).stdout;
    } catch (cause) {
      const { code, stderr } = cause as { code?: string | number; stderr?: string };
      if (code === 'ENOENT') throw new StartError('There is no git here', { cause });
      throw new StartError(`git says: ${stderr?.trim().split('\n')[0] || String(cause)}`, { cause });
    }
  }
}
