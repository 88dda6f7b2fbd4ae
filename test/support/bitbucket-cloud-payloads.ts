import { at, sha } from './github-payloads.js';

/** Payloads as Bitbucket Cloud sends them, with the fields that matter here. Times are of 2026-03-02. */

const html = (path: string) => ({ html: { href: `https://bitbucket.org/acme/shop${path}` } });
const repository = { type: 'repository', full_name: 'acme/shop', name: 'shop', links: html(''), uuid: '{5c2f}' };
export const ada = { type: 'user', display_name: 'Ada L.', nickname: 'ada', uuid: '{a1}' };
const grace = { type: 'user', display_name: 'Grace H.', nickname: 'grace', uuid: '{b2}' };

/** What stands for a commit wherever a pull request names one. */
export function abbreviated(name: string): string {
  return sha(name).slice(0, 12);
}

export interface CloudCommitOptions {
  time?: string;
  parents?: string[];
  message?: string;
  author?: object;
}

export function aCloudCommit(name: string, { time = '08:00', parents = [], message, author }: CloudCommitOptions = {}) {
  return {
    type: 'commit',
    hash: sha(name),
    date: at(time).replace('Z', '+00:00'),
    author: author ?? { type: 'author', raw: 'Ada L. <ada@example.com>', user: ada },
    message: message ?? `Work on ${name}\n`,
    parents: parents.map((parent) => ({ type: 'commit', hash: sha(parent) })),
    links: html(`/commits/${sha(name)}`),
  };
}

export type CloudCommit = ReturnType<typeof aCloudCommit>;

export interface CloudChangeOptions {
  /** The newest first, as Bitbucket lists them. */
  commits: CloudCommit[];
  branch?: string;
  /** The name of the commit that the branch had before; none: the branch is new. */
  before?: string;
  forced?: boolean;
  type?: string;
  head?: CloudCommit;
}

export function aCloudChange({
  commits,
  branch = 'main',
  before,
  forced = false,
  type = 'branch',
  head,
}: CloudChangeOptions) {
  return {
    new: { type, name: branch, target: head ?? commits[0] ?? aCloudCommit('head') },
    old: before === undefined ? null : { type, name: branch, target: aCloudCommit(before) },
    created: before === undefined,
    closed: false,
    forced,
    commits,
    truncated: false,
  };
}

export function aDeletedRef(type: string, name: string) {
  return { new: null, old: { type, name, target: aCloudCommit('m0') }, created: false, closed: true, commits: [] };
}

export function aCloudPush(...changes: object[]) {
  return { actor: ada, repository, push: { changes } };
}

export interface CloudPullRequestOptions {
  head?: string;
  base?: string;
  draft?: boolean;
  state?: string;
  created?: string;
  updated?: string;
  /** The id that it was merged as, as long as it is told. */
  merged?: string;
}

export function aCloudPullRequest(options: CloudPullRequestOptions = {}) {
  const { head = 'f2', base = 'main', draft = false, state = 'OPEN', created = '09:00', merged } = options;
  return {
    actor: ada,
    repository,
    pullrequest: {
      type: 'pullrequest',
      id: 7,
      title: 'Take cards',
      state,
      draft,
      author: ada,
      source: { branch: { name: 'feature' }, commit: { type: 'commit', hash: abbreviated(head) }, repository },
      destination: { branch: { name: base }, commit: { type: 'commit', hash: abbreviated('m0') }, repository },
      merge_commit: merged === undefined ? null : { type: 'commit', hash: merged },
      created_on: at(created).replace('Z', '.000000+00:00'),
      updated_on: at(options.updated ?? created).replace('Z', '.633443+00:00'),
      links: html('/pull-requests/7'),
    },
  };
}

/** @param verdict `approval` or `changes_request`; where it is taken back, that which is */
export function aCloudReview(verdict: string, { date = '10:00', updated = '10:00', user = grace } = {}) {
  const given_at = at(date).replace('Z', '.260699+00:00');
  return { ...aCloudPullRequest({ updated }), actor: user, [verdict]: { date: given_at, user } };
}

export function aCommitStatus(state: string, changed: object = {}) {
  return {
    actor: ada,
    repository,
    commit_status: {
      type: 'build',
      key: '3343801',
      name: 'Deploy to production',
      state,
      refname: 'main',
      commit: { type: 'commit', hash: sha('m') },
      url: 'https://bitbucket.org/acme/shop/pipelines/results/4',
      created_on: at('11:50').replace('Z', '.572438+00:00'),
      updated_on: at('12:00').replace('Z', '.838984+00:00'),
      ...changed,
    },
  };
}
