import type { PipelineNaming } from '../../webhooks/github/repository.js';
import { Payload } from '../../webhooks/payload.js';
import type { ImportItem } from '../import-item.js';
import type { GithubApi } from './github-api.js';
import { GithubCommits } from './github-commits.js';
import { readDeployments, readReleases } from './github-deployments.js';
import { GithubRepository, itemsOf } from './github-repository.js';
import { readReviews } from './github-reviews.js';
import { incidentEvents } from './incidents.js';
import { IssueEvents } from './issue-events.js';
import { pullRequestPayloads } from './pull-request-payloads.js';

export interface GithubRules {
  /** Milliseconds since 1970. */
  since: number;
  naming: PipelineNaming;
  /** The environment that releases are deployments to; undefined: they are none. */
  releases_as: string | undefined;
  incident_label: string;
  /** Whether to ask for the reviews of each pull request. */
  reviews: boolean;
}

/** The past of a repository, as the webhook would have told it. */
export class GithubImport {
  /** What is being read at the moment. */
  doing = 'asking for the repository';

  constructor(
    private readonly api: GithubApi,
    private readonly rules: GithubRules,
  ) {}

  async *items(): AsyncGenerator<ImportItem> {
    const { since, naming, releases_as, incident_label, reviews } = this.rules;
    const repository = await GithubRepository.read(this.api, since, naming);
    const commits = new GithubCommits(repository);
    this.doing = 'reading commits';
    yield* commits.landed();
    this.doing = 'reading what happened to issues and pull requests';
    const events = await IssueEvents.read(this.api, since);
    this.doing = 'reading pull requests';
    yield* readPullRequests(repository, commits, events, reviews);
    this.doing = 'reading deployments';
    yield* readDeployments(repository, commits);
    this.doing = 'reading releases';
    if (releases_as !== undefined) yield* readReleases(repository, commits, releases_as);
    this.doing = 'reading issues';
    yield* readIncidents(repository, events, incident_label);
  }
}

async function* readPullRequests(
  repository: GithubRepository,
  commits: GithubCommits,
  events: IssueEvents,
  reviews: boolean,
): AsyncGenerator<ImportItem> {
  const parameters = { state: 'all', sort: 'updated', direction: 'desc' };
  for await (const pull_request of repository.api.list('/pulls', parameters)) {
    const read = new Payload(pull_request);
    if (repository.isBefore(read.at('updated_at').text())) return;
    const number = read.at('number').integer();
    const happened = await events.of(number, read.at('created_at').text());
    for (const payload of pullRequestPayloads(pull_request, happened)) {
      yield* repository.translated(`pull request ${number}`, 'pull_request', payload);
    }
    // One that was closed without merging ships nothing, and need not be asked for.
    const abandoned = pull_request['state'] === 'closed' && typeof pull_request['merged_at'] !== 'string';
    if (abandoned) continue;
    yield* commits.ofPullRequest(read);
    if (reviews) yield* readReviews(repository, pull_request, happened);
  }
}

async function* readIncidents(
  { api, since, pipeline_id }: GithubRepository,
  events: IssueEvents,
  labels: string,
): AsyncGenerator<ImportItem> {
  const parameters = { labels, state: 'all', since: new Date(since).toISOString() };
  for await (const issue of api.list('/issues', parameters)) {
    // GitHub lists pull requests among the issues.
    if ('pull_request' in issue) continue;
    const read = new Payload(issue);
    const number = read.at('number').integer();
    const happened = await events.of(number, read.at('created_at').text());
    yield* itemsOf(`issue ${number}`, incidentEvents(issue, happened, pipeline_id));
  }
}
