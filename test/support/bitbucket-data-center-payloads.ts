import { at, NOBODY, sha } from './github-payloads.js';

/** Payloads as Bitbucket Data Center sends them, with the fields that matter here. Times are of 2026-03-02. */

const repository = { id: 84, slug: 'web', name: 'Web', project: { id: 3, key: 'SHOP', name: 'Shop' } };
const ada = { id: 1, name: 'ada', displayName: 'Ada L.', emailAddress: 'ada@example.com', slug: 'ada' };
const grace = { id: 2, name: 'grace', displayName: 'Grace H.', emailAddress: 'grace@example.com', slug: 'grace' };

function milliseconds(time: string): number {
  return Date.parse(at(time));
}

/** As its events tell their time: an hour east of Greenwich, with no colon in the offset. */
function eastern(time: string): string {
  return new Date(milliseconds(time) + 3_600_000).toISOString().replace('.000Z', '+0100');
}

export function aServerCommit(name: string, parents: string[], time = '08:00') {
  return {
    id: sha(name),
    displayId: sha(name).slice(0, 11),
    author: { name: 'Ada L.', emailAddress: 'ada@example.com' },
    authorTimestamp: milliseconds('07:00'),
    committer: { name: 'Ada L.', emailAddress: 'ada@example.com' },
    committerTimestamp: milliseconds(time),
    message: `Work on ${name}`,
    parents: parents.map((parent) => ({ id: sha(parent), displayId: sha(parent).slice(0, 11) })),
  };
}

export interface ServerChangeOptions {
  to?: string;
  /** The name of the commit that the branch had before; none: the branch is new. */
  from?: string;
  branch?: string;
  ref?: 'BRANCH' | 'TAG';
}

export function aServerChange({ to, from, branch = 'main', ref = 'BRANCH' }: ServerChangeOptions) {
  const refId = `refs/${ref === 'TAG' ? 'tags' : 'heads'}/${branch}`;
  return {
    ref: { id: refId, displayId: branch, type: ref },
    refId,
    fromHash: from === undefined ? NOBODY : sha(from),
    toHash: to === undefined ? NOBODY : sha(to),
    type: to === undefined ? 'DELETE' : from === undefined ? 'ADD' : 'UPDATE',
  };
}

/** @param commits the newest first; older versions list none */
export function aRefsChange(changes: object[], commits?: object[], time = '09:00') {
  const listed = commits === undefined ? {} : { commits, toCommit: commits[0] };
  return { eventKey: 'repo:refs_changed', date: eastern(time), actor: ada, repository, changes, ...listed };
}

export interface ServerPullRequestOptions {
  state?: string;
  base?: string;
  draft?: boolean;
  created?: string;
  updated?: string;
  /** The name of the commit that it was merged as; none: it was fast-forwarded. */
  as?: string;
}

export function aServerPullRequest(eventKey: string, options: ServerPullRequestOptions = {}) {
  const { state = 'OPEN', base = 'main', draft = false, created = '09:00', updated = created, as } = options;
  return {
    eventKey,
    date: eastern(updated),
    actor: ada,
    pullRequest: {
      id: 7,
      version: 0,
      title: 'Take cards',
      state,
      draft,
      createdDate: milliseconds(created),
      updatedDate: milliseconds(updated),
      ...(state === 'OPEN' ? {} : { closedDate: milliseconds(updated) }),
      fromRef: { id: 'refs/heads/feature', displayId: 'feature', latestCommit: sha('f2'), repository },
      toRef: { id: `refs/heads/${base}`, displayId: base, latestCommit: sha('m0'), repository },
      author: { user: ada, role: 'AUTHOR', approved: false },
      properties: as === undefined ? {} : { mergeCommit: { id: sha(as), displayId: sha(as).slice(0, 11) } },
      links: { self: [{ href: 'https://bitbucket.example.com/projects/SHOP/repos/web/pull-requests/7' }] },
    },
  };
}

/** The pull request stays as it was: only the event has the time. */
export function aServerReview(status: 'approved' | 'unapproved' | 'needs_work', time = '10:00') {
  const participant = { user: grace, role: 'REVIEWER', status: status.toUpperCase(), lastReviewedCommit: sha('f2') };
  const payload = aServerPullRequest(`pr:reviewer:${status}`);
  return { ...payload, date: eastern(time), actor: grace, participant, previousStatus: 'UNAPPROVED' };
}
