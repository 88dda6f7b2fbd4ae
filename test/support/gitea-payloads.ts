import { at, NOBODY, sha } from './github-payloads.js';

/** Payloads as Gitea and Forgejo send them, with the fields that matter here. Times are of 2026-03-02. */

const page = (path: string) => `https://git.example.com/acme/shop${path}`;
const repository = { id: 1, name: 'shop', full_name: 'acme/shop', default_branch: 'main', html_url: page('') };
const ada = { id: 2, login: 'ada', username: 'ada', full_name: 'Ada L.' };
const grace = { id: 3, login: 'grace', username: 'grace', full_name: 'Grace H.' };

/** Both write times in their own zone, here an hour east of Greenwich. */
export function local(time: string): string {
  return new Date(Date.parse(at(time)) + 3_600_000).toISOString().replace('.000Z', '+01:00');
}

export function aGiteaCommit(name: string, { time = '08:00', message = `Work on ${name}\n` } = {}) {
  const person = { name: 'Ada L.', email: 'ada@example.com', username: 'ada' };
  return {
    id: sha(name),
    message,
    url: page(`/commit/${sha(name)}`),
    author: person,
    committer: person,
    timestamp: local(time),
  };
}

export interface GiteaPushOptions {
  /** The newest first, as Gitea lists them. */
  commits: ReturnType<typeof aGiteaCommit>[];
  ref?: string;
  /** The name of the commit that the branch had before; none: the branch is new. */
  before?: string;
  total?: number;
  head?: ReturnType<typeof aGiteaCommit>;
}

export function aGiteaPush({ commits, ref = 'refs/heads/main', before, total, head = commits[0] }: GiteaPushOptions) {
  return {
    ref,
    before: before === undefined ? NOBODY : sha(before),
    after: head?.id ?? NOBODY,
    compare_url: page('/compare/a...b'),
    commits,
    total_commits: total ?? commits.length,
    head_commit: head ?? null,
    repository,
    pusher: ada,
    sender: ada,
  };
}

export interface GiteaPullRequestOptions {
  title?: string;
  draft?: boolean;
  base?: string;
  state?: string;
  created?: string;
  updated?: string;
  merged?: { as: string; time: string };
  labels?: string[];
  /** What its title was before. */
  former_title?: string;
}

export function aGiteaReview(verdict: 'approved' | 'rejected' | 'comment', time = '10:00') {
  const review = { type: `pull_request_review_${verdict}`, content: '' };
  return { ...aGiteaPullRequest('reviewed', { updated: time }), sender: grace, review };
}

export function aGiteaPullRequest(action: string, options: GiteaPullRequestOptions = {}) {
  const {
    title = 'Take cards',
    draft,
    base = 'main',
    state = 'open',
    created = '09:00',
    merged,
    labels = [],
    former_title,
  } = options;
  return {
    action,
    number: 7,
    ...(former_title === undefined ? {} : { changes: { title: { from: former_title } } }),
    pull_request: {
      id: 70,
      number: 7,
      title,
      ...(draft === undefined ? {} : { draft }),
      user: ada,
      state,
      html_url: page('/pulls/7'),
      labels: labels.map((name) => ({ id: 1, name })),
      head: { label: 'feature', ref: 'feature', sha: sha('f2') },
      base: { ref: base, sha: sha('m0') },
      created_at: local(created),
      updated_at: local(options.updated ?? created),
      merged: merged !== undefined,
      merged_at: merged === undefined ? null : local(merged.time),
      merge_commit_sha: merged === undefined ? null : sha(merged.as),
    },
    repository,
    sender: ada,
  };
}

export function aGiteaIssue(action: string, { labels = ['incident'], closed }: { labels?: string[]; closed?: string }) {
  return {
    action,
    number: 12,
    issue: {
      id: 120,
      number: 12,
      title: 'The shop is down',
      html_url: page('/issues/12'),
      labels: labels.map((name) => ({ id: 1, name })),
      state: closed === undefined ? 'open' : 'closed',
      created_at: local('13:00'),
      updated_at: local('15:00'),
      closed_at: closed === undefined ? null : local(closed),
    },
    repository,
    sender: ada,
  };
}

export function aGiteaRelease(action: string, changed: object = {}) {
  return {
    action,
    release: {
      id: 5,
      tag_name: 'v1.2.0',
      target_commitish: 'main',
      name: 'Cards',
      draft: false,
      prerelease: false,
      html_url: page('/releases/tag/v1.2.0'),
      created_at: local('11:00'),
      published_at: local('12:00'),
      ...changed,
    },
    repository,
    sender: ada,
  };
}

/** A run of Gitea's Actions. */
export function aWorkflowRun(action: string, changed: object = {}) {
  return {
    action,
    workflow: { id: 'deploy.yml', name: 'Deploy', path: '.gitea/workflows/deploy.yml', state: 'active' },
    workflow_run: {
      id: 31,
      run_number: 4,
      run_attempt: 1,
      path: 'deploy.yml@refs/heads/main',
      html_url: page('/actions/runs/4'),
      head_sha: sha('m'),
      head_branch: 'main',
      status: 'completed',
      conclusion: 'success',
      started_at: local('11:50'),
      completed_at: local('12:00'),
      ...changed,
    },
    repository,
    sender: ada,
  };
}

/** A run of Forgejo's Actions. */
export function anActionRun(changed: object = {}) {
  return {
    action: 'success',
    run: {
      id: 31,
      index_in_repo: 4,
      title: 'Take cards',
      workflow_id: 'deploy.yml',
      prettyref: 'main',
      commit_sha: sha('m'),
      status: 'success',
      started: local('11:50'),
      stopped: local('12:00'),
      html_url: page('/actions/runs/4'),
      repository,
      ...changed,
    },
    prior_status: 'running',
  };
}
