import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Git } from './git.js';
import { type GitCommit, readLog } from './git-log.js';

/** What a git repository knows of its commits. */
export class GitRepository {
  private readonly git: Git;

  private constructor(private readonly directory: string) {
    this.git = new Git(directory);
  }

  /** @throws StartError saying why there is none */
  static async at(directory: string): Promise<GitRepository> {
    const repository = new GitRepository(directory);
    await repository.git.run(['rev-parse', '--git-dir']);
    return repository;
  }

  /** The id of the commit that a name stands for (a tag, a branch, the beginning of an id); null: of none here. */
  async commitOf(name: string): Promise<string | null> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    return this.git.try(args);
  }

  /** What the commit contains, and none of the others does; parents before children. */
  async log(commit: string, without: readonly string[]): Promise<GitCommit[]> {
    const revisions = [commit, ...without.map((one) => `^${one}`)];
    return this.read(['--topo-order', '--reverse'], revisions);
  }

  /** These commits alone. */
  async show(commits: readonly string[]): Promise<GitCommit[]> {
    return commits.length === 0 ? [] : this.read(['--no-walk'], commits);
  }

  /** Those of the commits that the other one contains. */
  async contained(commits: readonly string[], other: string): Promise<string[]> {
    if (commits.length === 0) return [];
    const output = await this.git.run(['rev-list', ...commits, `^${other}`]);
    const outside = new Set(output.split('\n'));
    return commits.filter((commit) => !outside.has(commit));
  }

  /** The commits whose parents a shallow clone leaves out. */
  async cutOff(): Promise<Set<string>> {
    const path = (await this.git.run(['rev-parse', '--git-path', 'shallow'])).trim();
    const text = await readFile(resolve(this.directory, path), 'utf8').catch(() => '');
    return new Set(text.split('\n').filter((line) => line !== ''));
  }

  private async read(options: readonly string[], revisions: readonly string[]): Promise<GitCommit[]> {
    const commits: GitCommit[] = [];
    for await (const commit of readLog(this.git, options, revisions)) commits.push(commit);
    return commits;
  }
}
