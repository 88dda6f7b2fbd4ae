import type { FakeGithub, Listed } from './fake-github.js';
import {
  aCommit,
  aDeploymentStatus,
  aPullRequest,
  aPush,
  aReview,
  at,
  type CommitOptions,
  type ReviewOptions,
  sha,
} from './github-payloads.js';

interface WorldCommit extends CommitOptions {
  name: string;
  parents: string[];
  time: string;
}

const REPOSITORY = { id: 1, name: 'shop', full_name: 'acme/shop', default_branch: 'main' };

/** A repository at GitHub: what happens there is told by webhook, and is what the REST API answers afterwards. */
export class GithubWorld {
  readonly deliveries: [event: string, payload: unknown][] = [];
  private readonly commits = new Map<string, WorldCommit>();
  private readonly branches = new Map<string, string>();
  private readonly activities: Listed[] = [];
  private readonly pull_requests = new Map<number, Listed>();
  private readonly issue_events: Listed[] = [];
  private readonly reviews = new Map<number, ReviewOptions & { number: number }>();
  private readonly deployments = new Map<number, { deployment: Listed; statuses: Listed[] }>();
  readonly issues: Listed[] = [];
  readonly releases: Listed[] = [];
  readonly tags: Listed[] = [];

  /** Pushes to a branch what follows its tip, or the given parents. */
  push(branch: string, time: string, commits: (Partial<WorldCommit> & { name: string })[], type = 'push'): void {
    const before = this.branches.get(branch);
    for (const { name, parents, ...options } of commits) {
      const tip = this.branches.get(branch);
      const made = {
        ...options,
        name,
        time: options.time ?? time,
        parents: parents ?? (tip === undefined ? [] : [tip]),
        files: options.files ?? [`api/${name}`],
      };
      this.commits.set(name, made);
      this.branches.set(branch, name);
    }
    this.tellPush(branch, time, before, type);
  }

  /** Makes a branch at a commit that is known; tells nobody, as it is not pushed to yet. */
  branch(name: string, from: string): void {
    this.branches.set(name, from);
  }

  open(number: number, head: string, time: string, draft = false): void {
    this.tellPullRequest('opened', number, { head, created: time, draft });
  }

  ready(number: number, time: string): void {
    this.happened(number, 'ready_for_review', time);
    this.tellPullRequest('ready_for_review', number, { ...this.told(number), draft: false, updated: time });
  }

  draft(number: number, time: string): void {
    this.happened(number, 'convert_to_draft', time);
    this.tellPullRequest('converted_to_draft', number, { ...this.told(number), draft: true, updated: time });
  }

  review(number: number, id: number, submitted: string, options: ReviewOptions = {}): void {
    const review = { ...options, number, id, submitted };
    this.reviews.set(id, review);
    this.deliveries.push(['pull_request_review', aReview('submitted', review)]);
  }

  dismiss(id: number, time: string): void {
    const review = this.reviews.get(id)!;
    const dismissed = { ...review, state: 'dismissed', updated: time };
    this.reviews.set(id, dismissed);
    const dismissed_review = { review_id: id, state: review.state ?? 'approved' };
    this.happened(review.number, 'review_dismissed', time, { dismissed_review });
    this.deliveries.push(['pull_request_review', aReview('dismissed', dismissed)]);
  }

  close(number: number, time: string, merged_as?: string): void {
    this.happened(number, 'closed', time);
    const merged = merged_as === undefined ? {} : { merged: { as: merged_as, time } };
    this.tellPullRequest('closed', number, { ...this.told(number), updated: time, ...merged });
  }

  deploy(id: number, commit: string, time: string, state: string): void {
    const payload = aDeploymentStatus({ id, commit, time, state });
    this.deliveries.push(['deployment_status', payload]);
    const { deployment, statuses } = this.deployments.get(id) ?? {
      deployment: { ...payload.deployment, created_at: at(time) },
      statuses: [],
    };
    this.deployments.set(id, { deployment, statuses: [payload.deployment_status, ...statuses] });
  }

  happened(number: number, event: string, time: string, more: Listed = {}): void {
    this.issue_events.unshift({ event, created_at: at(time), issue: { number }, ...more });
  }

  /** Tells it all at the REST API. */
  show({ answers }: FakeGithub): void {
    const newest = (key: string, items: Iterable<Listed>) =>
      [...items].toSorted((a, b) => Date.parse(String(b[key])) - Date.parse(String(a[key])));
    answers.set('', REPOSITORY);
    answers.set('/commits', (query) => this.containedIn(query));
    for (const { name, files, removed } of this.commits.values()) {
      answers.set(`/commits/${sha(name)}`, { sha: sha(name), files: changesOf(files, removed) });
    }
    answers.set('/activity', (query) => this.activities.filter(({ ref }) => ref === query.get('ref')));
    answers.set('/issues/events', () => this.issue_events);
    answers.set('/pulls', () => newest('updated_at', this.pull_requests.values()));
    answers.set('/deployments', () =>
      newest(
        'created_at',
        [...this.deployments.values()].map((one) => one.deployment),
      ),
    );
    answers.set('/issues', (query) => this.issues.filter(({ labels }) => String(labels) === query.get('labels')));
    answers.set('/releases', () => this.releases);
    answers.set('/tags', () => this.tags);
    for (const [id, { statuses }] of this.deployments) answers.set(`/deployments/${id}/statuses`, () => statuses);
    for (const number of this.pull_requests.keys()) {
      answers.set(`/pulls/${number}/commits`, () => this.commitsOf(this.told(number).head));
      answers.set(`/pulls/${number}/reviews`, () => this.reviewsOf(number));
      answers.set(`/issues/${number}/events`, () => this.eventsOf(number));
    }
    for (const { number } of this.issues) {
      answers.set(`/issues/${String(number)}/events`, () => this.eventsOf(Number(number)));
    }
  }

  private eventsOf(number: number): Listed[] {
    return this.issue_events
      .filter(({ issue }) => (issue as Listed)['number'] === number)
      .map(({ event, created_at, dismissed_review }) => ({ event, created_at, dismissed_review }));
  }

  private reviewsOf(number: number): Listed[] {
    return [...this.reviews.values()]
      .filter((one) => one.number === number)
      .map((one) => aReview('submitted', one).review)
      .map((review) => ({ ...review, state: review.state.toUpperCase() }));
  }

  private tellPush(branch: string, time: string, before: string | undefined, type: string): void {
    const tip = this.branches.get(branch) ?? '';
    const contained = before === undefined ? new Set<string>() : this.reach(before);
    const fresh = [...this.reach(tip)].filter((name) => !contained.has(name)).map((name) => this.commits.get(name)!);
    const commits = fresh.toSorted((a, b) => Date.parse(at(a.time)) - Date.parse(at(b.time)));
    const known = new Set(
      [...this.branches].filter(([name]) => name !== branch).flatMap(([, one]) => [...this.reach(one)]),
    );
    const payload = aPush({
      ref: `refs/heads/${branch}`,
      ...(before === undefined ? {} : { before }),
      time,
      commits: commits.map((one) => aCommit(one.name, { ...one, distinct: !known.has(one.name) })),
    });
    this.deliveries.push(['push', payload]);
    const activity_type = before === undefined ? 'branch_creation' : type;
    this.activities.unshift({
      ref: payload.ref,
      before: payload.before,
      after: payload.after,
      timestamp: at(time),
      activity_type,
    });
  }

  private tellPullRequest(action: string, number: number, options: Parameters<typeof aPullRequest>[1]): void {
    const payload = aPullRequest(action, { ...options, number });
    this.deliveries.push(['pull_request', payload]);
    // The list lacks `merged`, which the webhook has.
    const { merged: _, ...listed } = payload.pull_request;
    const merge_commit_sha = listed.merged_at === null ? null : listed.merge_commit_sha;
    this.pull_requests.set(number, {
      ...listed,
      merge_commit_sha,
      state: action === 'closed' ? 'closed' : 'open',
      told: options,
    });
  }

  private told(number: number): { head: string; created: string } {
    return this.pull_requests.get(number)?.['told'] as { head: string; created: string };
  }

  private reach(name: string): Set<string> {
    const found = new Set<string>();
    const open = [name];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (found.has(one)) continue;
      found.add(one);
      open.push(...(this.commits.get(one)?.parents ?? []));
    }
    return found;
  }

  private containedIn(query: URLSearchParams): Listed[] {
    const from = query.get('sha') ?? 'main';
    const tip = this.branches.get(from) ?? [...this.commits.keys()].find((name) => sha(name) === from) ?? '';
    const since = Date.parse(query.get('since') ?? '');
    return this.rest(this.reach(tip)).filter((one) => Date.parse(one.commit.committer.date) >= since);
  }

  /** Of a pull request: what the default branch did not have when it was opened. */
  private commitsOf(head: string): Listed[] {
    const base = this.reach('m0');
    return this.rest([...this.reach(head)].filter((name) => !base.has(name))).toReversed();
  }

  /** The newest first. */
  private rest(names: Iterable<string>) {
    const commits = [...names].map((name) => this.commits.get(name)!);
    const ordered = commits.toSorted((a, b) => Date.parse(at(b.time)) - Date.parse(at(a.time)));
    return ordered.map(({ name, parents, ...options }) => {
      const { message, timestamp, url, author } = aCommit(name, options);
      const person = { name: author['name'], email: author['email'], date: timestamp };
      return {
        sha: sha(name),
        html_url: url,
        commit: { author: person, committer: person, message },
        author: typeof author['username'] === 'string' ? { login: author['username'] } : null,
        parents: parents.map((parent) => ({ sha: sha(parent) })),
      };
    });
  }
}

/** As the REST API tells them: a file that was removed and one that was added may be one that was moved. */
function changesOf(files: readonly string[] = [], removed: readonly string[] = []): Listed[] {
  return files.map((filename, index) => {
    const previous_filename = removed[index];
    return previous_filename === undefined
      ? { filename, status: 'modified' }
      : { filename, status: 'renamed', previous_filename };
  });
}

/** Three pull requests, merged each in its own way, work pushed directly, a draft, a failed deployment and a hotfix. */
export function aBusyWorld(): GithubWorld {
  const world = new GithubWorld();
  world.push('main', '06:00', [{ name: 'm0' }]);
  world.deploy(499, 'm0', '06:30', 'success');
  world.branch('merged', 'm0');
  world.branch('squashed', 'm0');
  world.branch('rebased', 'm0');
  world.push('merged', '07:20', [
    { name: 'f1', time: '07:00' },
    { name: 'f2', time: '07:10' },
  ]);
  world.open(7, 'f2', '07:30');
  world.push('squashed', '07:40', [
    { name: 'g1', time: '07:31' },
    { name: 'g2', time: '07:32' },
  ]);
  world.open(8, 'g2', '07:45', true);
  world.push('rebased', '07:50', [
    { name: 'h1', time: '07:41' },
    { name: 'h2', time: '07:42' },
  ]);
  world.open(9, 'h2', '07:55');
  world.push('main', '08:00', [
    { name: 'm1', time: '07:58' },
    { name: 'm2', time: '07:59' },
  ]);
  world.ready(8, '08:10');
  world.review(8, 81, '08:20', { state: 'changes_requested', author: 'grace' });
  world.review(8, 82, '08:21', { state: 'commented', author: 'ada' });
  world.review(7, 71, '08:30', { state: 'approved', author: 'reviews[bot]' });
  world.dismiss(81, '08:40');
  const merge = { message: 'Merge pull request #7 from acme/merged', by_github: true };
  world.push('main', '09:00', [{ name: 'm3', parents: ['m2', 'f2'], ...merge }], 'pr_merge');
  world.close(7, '09:00', 'm3');
  world.deploy(500, 'm3', '09:10', 'in_progress');
  world.deploy(500, 'm3', '09:20', 'failure');
  world.push('main', '09:30', [{ name: 's1', message: 'Squashed (#8)', by_github: true }], 'pr_merge');
  world.close(8, '09:30', 's1');
  world.push(
    'main',
    '10:00',
    [
      { name: 'r1', by_github: true, time: '09:59' },
      { name: 'r2', by_github: true },
    ],
    'pr_merge',
  );
  world.close(9, '10:00', 'r2');
  world.deploy(501, 'r2', '10:20', 'success');
  world.branch('hotfix', 'm2');
  world.push('hotfix', '10:30', [{ name: 'x1', time: '10:25' }]);
  world.deploy(502, 'x1', '10:40', 'success');
  world.deploy(502, 'x1', '10:45', 'inactive');
  world.open(10, 'f2', '10:50');
  world.draft(10, '10:51');
  world.ready(10, '10:52');
  world.close(10, '10:55');
  return world;
}
