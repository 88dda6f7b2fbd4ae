import { Payload } from '../../webhooks/payload.js';
import type { ImportItem } from '../import-item.js';
import type { Raw } from './github-api.js';
import type { GithubCommits } from './github-commits.js';
import type { GithubRepository } from './github-repository.js';

export async function* readDeployments(
  repository: GithubRepository,
  commits: GithubCommits,
): AsyncGenerator<ImportItem> {
  for await (const deployment of repository.api.list('/deployments')) {
    const read = new Payload(deployment);
    const created_at = read.at('created_at').text();
    if (repository.isBefore(created_at)) return;
    const id = read.at('id').integer();
    for await (const deployment_status of repository.api.list(`/deployments/${id}/statuses`)) {
      yield* repository.translated(`deployment ${id}`, 'deployment_status', { deployment_status, deployment });
    }
    yield* commits.deployed(read.at('sha').text(), created_at);
  }
}

/** Each published release is a deployment of what its tag marks. */
export async function* readReleases(
  repository: GithubRepository,
  commits: GithubCommits,
  environment: string,
): AsyncGenerator<ImportItem> {
  const tags = new Map<string, string>();
  for await (const raw of repository.api.list('/tags')) {
    tags.set(new Payload(raw).at('name').text(), new Payload(raw).at('commit', 'sha').text());
  }
  for await (const release of repository.api.list('/releases')) {
    const [sha, published_at] = publicationOf(release, tags);
    if (sha === undefined || published_at === undefined || repository.isBefore(published_at)) continue;
    const deployment_id = new Payload(release).at('tag_name').text();
    const event = {
      type: 'deploy' as const,
      pipeline_id: repository.pipeline_id,
      environment,
      status: 'success' as const,
      commit_id: sha,
      deployment_id,
      url: new Payload(release).at('html_url').optionalText(),
      timestamp: published_at,
    };
    yield* repository.itemsOf(`release ${deployment_id}`, [event]);
    yield* commits.deployed(sha, published_at);
  }
}

/** Drafts and pre-releases are not out; of a release whose tag is gone nobody knows what it shipped. */
function publicationOf(release: Raw, tags: ReadonlyMap<string, string>): [sha?: string, published_at?: string] {
  const read = new Payload(release);
  if (read.at('draft').flag() || read.at('prerelease').flag()) return [];
  return [tags.get(read.at('tag_name').text()), read.at('published_at').optionalText()];
}
