import { commitEvents, type Landing } from '../../events/commit-events.js';
import type { Instant } from '../../events/instant.js';
import { Payload } from '../../webhooks/payload.js';
import type { HistoryCommit } from '../history/history-commit.js';
import { Landings } from '../history/landings.js';
import type { ImportItem } from '../import-item.js';
import type { Raw } from './github-api.js';
import { commitOf, readPushes } from './github-history.js';
import type { GithubRepository } from './github-repository.js';

/** The commits of a repository, each told once. */
export class GithubCommits {
  private readonly known = new Map<string, HistoryCommit>();

  constructor(private readonly repository: GithubRepository) {}

  /** Of the default branch, with how they landed there. */
  async *landed(): AsyncGenerator<ImportItem> {
    const { api, default_branch, since } = this.repository;
    const pushes = await readPushes(api, default_branch, since);
    const found = await this.contained(default_branch);
    const landings = new Landings(this.known, found[0]?.sha ?? '', pushes);
    for (const commit of found) {
      const landing = landings.of(commit.sha);
      yield* this.told(commit, landing?.at ?? commit.committed_at, landing);
    }
  }

  /** A squash or a rebase leaves the commits of the pull request outside of the default branch. */
  async *ofPullRequest(pull_request: Payload): AsyncGenerator<ImportItem> {
    if (this.known.has(pull_request.at('head', 'sha').text())) return;
    const number = pull_request.at('number').integer();
    const latest = pull_request.at('merged_at').optionalText() ?? pull_request.at('updated_at').text();
    for await (const raw of this.repository.api.list(`/pulls/${number}/commits`)) {
      for (const commit of this.fresh([raw])) yield* this.told(commit, latest);
    }
  }

  /** A hotfix may have been deployed from a branch that never came to the default branch. */
  async *deployed(sha: string, at: Instant): AsyncGenerator<ImportItem> {
    if (this.known.has(sha)) return;
    for (const commit of await this.contained(sha)) yield* this.told(commit, at);
  }

  /** What a branch or a commit contains, down to what is known. */
  private async contained(from: string): Promise<HistoryCommit[]> {
    const { api, since } = this.repository;
    const found: HistoryCommit[] = [];
    for await (const page of api.pages('/commits', { sha: from, since: new Date(since).toISOString() })) {
      const fresh = this.fresh(page);
      // They come by time: with a whole page of known ones, all that follows is known.
      if (fresh.length === 0) break;
      found.push(...fresh);
    }
    return found;
  }

  private fresh(page: readonly Raw[]): HistoryCommit[] {
    const commits = page.map((raw) => commitOf(raw, this.repository.default_branch));
    const fresh = commits.filter(({ sha }) => !this.known.has(sha));
    for (const commit of fresh) this.known.set(commit.sha, commit);
    return fresh;
  }

  /** A commit, made before something that happened at `latest`. */
  private async *told(commit: HistoryCommit, latest: Instant, landing?: Landing): AsyncGenerator<ImportItem> {
    const known = { ...commit, files: await this.repository.filesOf(commit) };
    const events = commitEvents(this.repository.pipeline_id, known, latest, landing);
    yield* this.repository.itemsOf(`commit ${commit.sha}`, events);
  }
}
