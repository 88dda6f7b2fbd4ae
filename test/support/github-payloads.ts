import { createHash } from 'node:crypto';

/** Payloads as GitHub sends them, with the fields that matter here. Times are of 2026-03-02 unless given in full. */

export const NOBODY = '0'.repeat(40);

/** A commit id made from a name that says something. */
export function sha(name: string): string {
  return createHash('sha1').update(name).digest('hex');
}

export function at(time: string): string {
  return time.includes('T') ? time : `2026-03-02T${time}:00Z`;
}

const repository = { id: 1, name: 'shop', full_name: 'acme/shop', default_branch: 'main' };
const person = { name: 'Ada', email: 'ada@example.com', username: 'ada' };
const webFlow = { name: 'GitHub', email: 'noreply@github.com', username: 'web-flow' };

export interface CommitOptions {
  time?: string;
  message?: string;
  /** Whether it was pushed to no other branch before. */
  distinct?: boolean;
  by_github?: boolean;
  /** The files that it modifies, and those that it adds and removes besides. */
  files?: string[];
  added?: string[];
  removed?: string[];
  author?: Record<string, unknown>;
}

export function aCommit(name: string, options: CommitOptions = {}) {
  return {
    id: sha(name),
    tree_id: sha(`tree of ${name}`),
    distinct: options.distinct ?? true,
    message: options.message ?? `Work on ${name}`,
    timestamp: at(options.time ?? '08:00'),
    url: `https://github.com/acme/shop/commit/${sha(name)}`,
    author: options.author ?? person,
    committer: options.by_github ? webFlow : person,
    ...(options.files ? { added: options.added ?? [], removed: options.removed ?? [], modified: options.files } : {}),
  };
}

export interface PushOptions {
  commits: ReturnType<typeof aCommit>[];
  ref?: string;
  /** The name of the commit that the branch had before; none: the branch is new. */
  before?: string;
  forced?: boolean;
  time?: string;
}

export function aPush({ commits, ref = 'refs/heads/main', before, forced = false, time = '09:00' }: PushOptions) {
  const head_commit = commits.at(-1) ?? null;
  return {
    ref,
    before: before === undefined ? NOBODY : sha(before),
    after: head_commit?.id ?? NOBODY,
    created: before === undefined,
    deleted: false,
    forced,
    commits,
    head_commit,
    repository: { ...repository, pushed_at: Date.parse(at(time)) / 1000 },
    pusher: { name: 'ada' },
  };
}

export interface PullRequestOptions {
  number?: number;
  /** The name of its head commit. */
  head?: string;
  base?: string;
  draft?: boolean;
  created?: string;
  updated?: string;
  merged?: { as: string; time: string };
  labels?: string[];
}

export function aPullRequest(action: string, options: PullRequestOptions = {}) {
  const { number = 7, head = 'f2', base = 'main', draft = false, created = '09:00', merged, labels = [] } = options;
  return {
    action,
    number,
    pull_request: {
      number,
      html_url: `https://github.com/acme/shop/pull/${number}`,
      user: { login: 'ada' },
      labels: labels.map((name) => ({ name })),
      draft,
      head: { ref: 'feature', sha: sha(head) },
      base: { ref: base, sha: sha('base') },
      created_at: at(created),
      updated_at: at(options.updated ?? created),
      merged: merged !== undefined,
      merged_at: merged === undefined ? null : at(merged.time),
      // Before it is merged, this is the commit of a trial merge.
      merge_commit_sha: sha(merged?.as ?? 'trial merge'),
    },
    repository: { ...repository, pushed_at: at('08:00') },
  };
}

export interface ReviewOptions {
  number?: number;
  id?: number;
  /** In small letters, as the webhook writes it. */
  state?: string;
  author?: string;
  submitted?: string;
  /** When the pull request last changed. */
  updated?: string;
}

export function aReview(action: string, options: ReviewOptions = {}) {
  const { number = 7, id = 80, state = 'approved', author = 'grace', submitted = '10:00' } = options;
  const { pull_request, repository: of } = aPullRequest('', { number, updated: options.updated ?? submitted });
  return {
    action,
    review: {
      id,
      user: { login: author },
      commit_id: sha('f2'),
      submitted_at: at(submitted),
      state,
      html_url: `https://github.com/acme/shop/pull/${number}#pullrequestreview-${id}`,
    },
    pull_request,
    repository: of,
  };
}

export interface DeploymentOptions {
  commit: string;
  id?: number;
  state?: string;
  environment?: string;
  time?: string;
  ref?: string;
}

export function aDeploymentStatus({
  commit,
  id = 500,
  state = 'success',
  environment = 'production',
  time = '12:00',
  ref = 'main',
}: DeploymentOptions) {
  return {
    action: 'created',
    deployment_status: {
      id: id * 10,
      state,
      environment,
      target_url: '',
      log_url: `https://github.com/acme/shop/actions/runs/${id}`,
      created_at: at(time),
    },
    deployment: { id, sha: sha(commit), ref, environment, created_at: at('08:00'), updated_at: at('23:00') },
    repository: { ...repository, pushed_at: at('08:00') },
  };
}

export interface RunOptions {
  workflow?: string;
  commit?: string;
  branch?: string;
  conclusion?: string | null;
  attempt?: number;
  started?: string;
  updated?: string;
}

export function aWorkflowRun(action: string, options: RunOptions = {}) {
  const { workflow = 'Deploy', commit = 'm', branch = 'main', conclusion = null, attempt = 1 } = options;
  return {
    action,
    workflow_run: {
      id: 9100,
      run_attempt: attempt,
      name: workflow,
      head_branch: branch,
      head_sha: sha(commit),
      conclusion,
      html_url: 'https://github.com/acme/shop/actions/runs/9100',
      created_at: at('11:50'),
      run_started_at: at(options.started ?? '11:55'),
      updated_at: at(options.updated ?? '12:05'),
    },
    repository,
  };
}

export function aRelease(action: string, options: { tag?: string; target?: string } = {}) {
  return {
    action,
    release: {
      id: 800,
      tag_name: options.tag ?? 'v1.2',
      target_commitish: options.target ?? sha('m'),
      html_url: 'https://github.com/acme/shop/releases/tag/v1.2',
      published_at: at('13:00'),
    },
    repository,
  };
}

export interface IssueOptions {
  labels?: string[];
  /** The label that was put on or taken away. */
  label?: string;
  closed?: string | null;
  updated?: string;
}

export function anIssue(action: string, options: IssueOptions = {}) {
  const { labels = ['Incident'], label, closed = null, updated = '10:00' } = options;
  return {
    action,
    ...(label === undefined ? {} : { label: { name: label } }),
    issue: {
      number: 31,
      html_url: 'https://github.com/acme/shop/issues/31',
      labels: labels.map((name) => ({ name })),
      state: closed === null ? 'open' : 'closed',
      created_at: at('09:30'),
      updated_at: at(updated),
      closed_at: closed === null ? null : at(closed),
    },
    repository,
  };
}
