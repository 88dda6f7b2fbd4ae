import type { Scope } from '../../scope/scope.js';
import type { PipelineNaming } from '../../webhooks/github/repository.js';
import { Payload } from '../../webhooks/payload.js';
import type { ImportItem } from '../import-item.js';
import type { GithubApi } from './github-api.js';
import { GithubCommits } from './github-commits.js';
import { readDeployments, readReleases } from './github-deployments.js';
import { GithubRepository } from './github-repository.js';
import { readReviews } from './github-reviews.js';
import { incidentEvents } from './incidents.js';
import { IssueEvents } from './issue-events.js';
import { pullRequestPayloads } from './pull-request-payloads.js';

export interface GithubChoices {
  /** Milliseconds since 1970. */
  since: number;
  naming: PipelineNaming;
  /** The environment that releases are deployments to; undefined: they are none. */
  releases_as: string | undefined;
  /** Issues with this label are incidents; undefined: those with one of the labels that the scope rules say. */
  incident_label: string | undefined;
  /** Whether to ask for the reviews of each pull request. */
  reviews: boolean;
}

/** The past of a repository, as the webhook would have told it. */
export class GithubImport {
  /** What is being read at the moment. */
  doing = 'asking for the repository';

  constructor(
    private readonly api: GithubApi,
    private readonly choices: GithubChoices,
  ) {}

  async *items(scope: Scope): AsyncGenerator<ImportItem> {
    const { since, naming, releases_as, incident_label, reviews } = this.choices;
    const labels = incident_label === undefined ? scope.incident_labels : [incident_label];
    const repository = await GithubRepository.read(this.api, since, naming, scope);
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
    yield* readIncidents(repository, events, labels);
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
  repository: GithubRepository,
  events: IssueEvents,
  labels: readonly string[],
): AsyncGenerator<ImportItem> {
  const told = new Set<number>();
  const parameters = { state: 'all', since: new Date(repository.since).toISOString() };
  // Of several labels GitHub lists the issues that have all of them.
  for (const label of labels) {
    for await (const issue of repository.api.list('/issues', { ...parameters, labels: label })) {
      const number = new Payload(issue).at('number').integer();
      // GitHub lists pull requests among the issues.
      if (told.has(number) || 'pull_request' in issue) continue;
      told.add(number);
      const happened = await events.of(number, new Payload(issue).at('created_at').text());
      yield* repository.itemsOf(`issue ${number}`, incidentEvents(issue, happened, repository.pipeline_id));
    }
  }
}
