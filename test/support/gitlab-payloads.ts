import { at, NOBODY, sha } from './github-payloads.js';

/** Payloads as GitLab sends them, with the fields that matter here. Times are of 2026-03-02 unless given in full. */

export const project = {
  id: 30,
  name: 'shop',
  web_url: 'https://gitlab.example.com/acme/web/shop',
  path_with_namespace: 'acme/web/shop',
  default_branch: 'main',
};
export const user = { id: 1, name: 'Ada', username: 'ada' };
const grace = { id: 2, name: 'Grace', username: 'grace' };

/** As GitLab writes it beside RFC 3339: `2026-03-02 09:00:00 UTC`. */
export function utc(time: string): string {
  return at(time).replace('T', ' ').replace('Z', ' UTC');
}

export function aCommit(name: string, { time = '08:00', message = `Work on ${name}` } = {}) {
  return {
    id: sha(name),
    message,
    title: message,
    timestamp: at(time).replace('Z', '+00:00'),
    url: `${project.web_url}/-/commit/${sha(name)}`,
    author: { name: 'Ada', email: 'ada@example.com' },
  };
}

export interface PushOptions {
  commits: ReturnType<typeof aCommit>[];
  branch?: string;
  /** The name of the commit that the branch had before; none: the branch is new. */
  before?: string;
  protected?: boolean;
  /** How many there are, where not all are listed. */
  total?: number;
}

export function aPush({ commits, branch = 'main', before, total = commits.length, ...options }: PushOptions) {
  const after = commits.at(-1)?.id ?? NOBODY;
  return {
    object_kind: 'push',
    event_name: 'push',
    before: before === undefined ? NOBODY : sha(before),
    after,
    ref: `refs/heads/${branch}`,
    ref_protected: options.protected ?? branch === 'main',
    checkout_sha: after,
    user_username: 'ada',
    project,
    commits,
    total_commits_count: total,
  };
}

export interface MergeRequestOptions {
  /** The name of its head commit. */
  head?: string;
  target?: string;
  draft?: boolean;
  created?: string;
  updated?: string;
  /** The name of the merge commit; null: a fast-forward makes none. */
  merged_as?: string | null;
  labels?: string[];
  changes?: object;
  /** Whether GitLab itself did it, after a push. */
  system?: boolean;
}

/** Somebody else than its author approves of a merge request, or does so no more. */
export function anApproval(action: string, options: MergeRequestOptions = {}) {
  return { ...aMergeRequest(action, options), user: grace };
}

export function aMergeRequest(action: string | undefined, options: MergeRequestOptions = {}) {
  const { head = 'f2', target = 'main', draft = false, created = '09:00', updated = created, changes = {} } = options;
  const { merged_as = null, labels = [], system = false } = options;
  return {
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user,
    project,
    object_attributes: {
      id: 99,
      iid: 7,
      target_branch: target,
      source_branch: 'feature',
      author_id: user.id,
      created_at: utc(created),
      updated_at: utc(updated),
      state: action === 'merge' ? 'merged' : 'opened',
      draft,
      work_in_progress: draft,
      merge_commit_sha: merged_as === null ? null : sha(merged_as),
      last_commit: aCommit(head),
      url: `${project.web_url}/-/merge_requests/7`,
      ...(action === undefined ? {} : { action }),
      system,
    },
    labels: labelled(labels),
    changes,
  };
}

export interface IssueOptions {
  iid?: number;
  type?: string;
  labels?: string[];
  created?: string;
  updated?: string;
  closed?: string;
  changes?: object;
}

export function anIssue(action: string | undefined, options: IssueOptions = {}) {
  const { iid = 23, type = 'Issue', created = '13:00', updated = created, closed, changes = {} } = options;
  const labels = labelled(options.labels ?? []);
  return {
    object_kind: type === 'Issue' ? 'issue' : 'work_item',
    event_type: type === 'Issue' ? 'issue' : 'work_item',
    user,
    project,
    object_attributes: {
      id: 301,
      iid,
      type,
      created_at: at(created),
      updated_at: utc(updated),
      closed_at: closed === undefined ? null : utc(closed),
      state: closed === undefined ? 'opened' : 'closed',
      url: `${project.web_url}/-/issues/${iid}`,
      labels,
      ...(action === undefined ? {} : { action }),
    },
    labels,
    changes,
  };
}

export function labelled(titles: string[]) {
  return titles.map((title, id) => ({ id, title, type: 'ProjectLabel' }));
}
