import { createHash } from 'node:crypto';
import {
  abbreviated,
  ada,
  aCloudChange,
  aCloudCommit,
  aCloudPullRequest,
  aCloudPush,
  aCloudReview,
  aCommitStatus,
  aDeletedRef,
} from '../support/bitbucket-cloud-payloads.js';
import {
  aRefsChange,
  aServerChange,
  aServerCommit,
  aServerPullRequest,
  aServerReview,
} from '../support/bitbucket-data-center-payloads.js';
import { at, sha } from '../support/github-payloads.js';
import { signatureOf } from '../support/github-sender.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

const work = [aCloudCommit('c2', { parents: ['c1'] }), aCloudCommit('c1', { parents: ['m0'] })];
const merge = [
  aCloudCommit('m', {
    parents: ['m0', 'f2'],
    time: '11:00',
    message: 'Merged in feature (pull request #7)\n\nTake cards\n',
  }),
  aCloudCommit('f2', { parents: ['m0'] }),
];

function told(event: string, says: string, body: object, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  return { event, says, body, headers: { 'x-event-key': event }, ...expected };
}

const CLOUD = [
  told('repo:push', 'commits are pushed', aCloudPush(aCloudChange({ commits: work, before: 'm0' })), {
    becomes: ['commit', 'commit'],
  }),
  told('repo:push', 'a pull request is merged', aCloudPush(aCloudChange({ commits: merge, before: 'm0' })), {
    becomes: ['commit', 'commit', 'approve'],
  }),
  told('repo:push', 'a tag is pushed', aCloudPush(aCloudChange({ commits: [], branch: 'v1', type: 'tag' })), {
    ignored: 'tag',
  }),
  told('repo:push', 'a branch is deleted', aCloudPush(aDeletedRef('branch', 'feature')), {
    ignored: 'branch_deleted',
  }),
  told('repo:push', 'a branch is made', aCloudPush(aCloudChange({ commits: [], branch: 'feature' })), {
    ignored: 'no_commits',
  }),
  told(
    'repo:push',
    'commits and a tag are pushed',
    aCloudPush(aCloudChange({ commits: work, before: 'm0' }), aDeletedRef('tag', 'v0')),
    { becomes: ['commit', 'commit'], ignored: 'tag' },
  ),
  told('pullrequest:created', 'a pull request is made', aCloudPullRequest(), { becomes: ['submit'] }),
  told('pullrequest:created', 'a draft is made', aCloudPullRequest({ draft: true }), { ignored: 'draft' }),
  told('pullrequest:updated', 'it is changed', aCloudPullRequest({ updated: '10:00' }), {
    becomes: ['submit', 'review in_progress'],
  }),
  told('pullrequest:updated', 'it is a draft again', aCloudPullRequest({ draft: true, updated: '10:05' }), {
    becomes: ['review canceled'],
  }),
  told('pullrequest:updated', 'it is described after all', aCloudPullRequest({ state: 'DECLINED' }), {
    ignored: 'not_open',
  }),
  told(
    'pullrequest:fulfilled',
    'it is merged',
    aCloudPullRequest({ state: 'MERGED', updated: '11:00', merged: abbreviated('m') }),
    { ignored: 'abbreviated_commit' },
  ),
  told(
    'pullrequest:fulfilled',
    'it is merged, and its commit told in full',
    aCloudPullRequest({ state: 'MERGED', updated: '11:00', merged: sha('m') }),
    { becomes: ['approve'] },
  ),
  told(
    'pullrequest:fulfilled',
    'it is merged elsewhere',
    aCloudPullRequest({ state: 'MERGED', base: 'next', merged: abbreviated('m') }),
    { ignored: 'not_default_branch' },
  ),
  told('pullrequest:rejected', 'it is declined', aCloudPullRequest({ state: 'DECLINED' }), {
    ignored: 'closed_unmerged',
  }),
  told('pullrequest:approved', 'somebody approves of it', aCloudReview('approval'), { becomes: ['review success'] }),
  told('pullrequest:approved', 'its author does', aCloudReview('approval', { user: ada }), { ignored: 'own_review' }),
  told('pullrequest:unapproved', 'they do so no more', aCloudReview('approval', { updated: '10:20' }), {
    becomes: ['review canceled'],
  }),
  told('pullrequest:changes_request_created', 'they ask for changes', aCloudReview('changes_request'), {
    becomes: ['review failure'],
  }),
  told(
    'pullrequest:changes_request_removed',
    'they do so no more',
    aCloudReview('changes_request', { updated: '10:40' }),
    { becomes: ['review canceled'] },
  ),
  told('pullrequest:comment_created', 'somebody comments', aCloudPullRequest(), { ignored: 'event_not_used' }),
  told('repo:commit_status_created', 'a build that deploys began', aCommitStatus('INPROGRESS'), {
    becomes: ['deploy in_progress'],
  }),
  ...[
    ['SUCCESSFUL', 'success'],
    ['FAILED', 'failure'],
    ['STOPPED', 'canceled'],
  ].map(([state = '', becomes = '']) =>
    told('repo:commit_status_updated', `one is ${state}`, aCommitStatus(state, { key: `deploy-${becomes}` }), {
      becomes: ['deploy in_progress', `deploy ${becomes}`],
    }),
  ),
  told('repo:commit_status_updated', 'another succeeded', aCommitStatus('SUCCESSFUL', { name: 'Test' }), {
    ignored: 'not_a_deployment',
  }),
  told('repo:commit_status_updated', 'one of another branch', aCommitStatus('SUCCESSFUL', { refname: 'feature' }), {
    ignored: 'not_a_deployment',
  }),
  told('repo:commit_status_created', 'a build has a new state', aCommitStatus('DREAMING'), {
    ignored: 'state_not_used',
  }),
  told('repo:commit_status_created', 'a build of nothing', aCommitStatus('FAILED', { commit: undefined }), {
    ignored: 'no_commit',
  }),
];

const DATA_CENTER = [
  told('diagnostics:ping', 'the connection is tested', { test: true }, { ignored: 'ping' }),
  told(
    'repo:refs_changed',
    'commits are pushed',
    aRefsChange([aServerChange({ from: 'm0', to: 'c1' })], [aServerCommit('c1', ['m0'])]),
    { becomes: ['commit'] },
  ),
  told('repo:refs_changed', 'a branch is made', aRefsChange([aServerChange({ to: 'm0', branch: 'next' })]), {
    ignored: 'no_commits',
  }),
  told('pr:opened', 'a pull request is opened', aServerPullRequest('pr:opened'), { becomes: ['submit'] }),
  told('pr:modified', 'it is changed', aServerPullRequest('pr:modified', { updated: '10:00' }), {
    becomes: ['submit', 'review in_progress'],
  }),
  told('pr:modified', 'it is a draft again', aServerPullRequest('pr:modified', { draft: true, updated: '10:02' }), {
    becomes: ['review canceled'],
  }),
  told('pr:from_ref_updated', 'it has a new head', aServerPullRequest('pr:from_ref_updated', { updated: '10:05' }), {
    becomes: ['submit', 'review in_progress'],
  }),
  ...(
    [
      ['approved', 'success'],
      ['unapproved', 'canceled'],
      ['needs_work', 'failure'],
    ] as const
  ).map(([status, becomes]) =>
    told(`pr:reviewer:${status}`, 'a reviewer says so', aServerReview(status), { becomes: [`review ${becomes}`] }),
  ),
  told('pr:merged', 'it is merged', aServerPullRequest('pr:merged', { state: 'MERGED', updated: '11:00', as: 'm' }), {
    becomes: ['approve'],
  }),
  told('pr:declined', 'it is declined', aServerPullRequest('pr:declined', { state: 'DECLINED' }), {
    ignored: 'closed_unmerged',
  }),
  told('pr:deleted', 'it is deleted', aServerPullRequest('pr:deleted'), { ignored: 'closed_unmerged' }),
];

/** The same of another repository. */
function ofStory({ body, ...sample }: Sample): Sample {
  return { ...sample, body: JSON.stringify(body).replaceAll('acme/shop', 'acme/bitbucket-story') };
}

/** A build that deployed a commit, from one time to another. */
function aDeployment(says: string, commit: string, [created_on, updated_on]: [string, string]): Sample {
  const changed = { commit: { hash: sha(commit) }, created_on: at(created_on), updated_on: at(updated_on) };
  return told('repo:commit_status_updated', says, aCommitStatus('SUCCESSFUL', changed), {
    becomes: ['deploy in_progress', 'deploy success'],
  });
}

export const samples: SourceSamples = {
  source: 'bitbucket',
  path: '/bitbucket/events',
  secret: { variable: 'DEVOPSTIC_BITBUCKET_WEBHOOK_SECRET', value: 'a secret of a repository' },
  headersOf(raw, sample) {
    return {
      'x-request-uuid': createHash('sha256').update(raw).update(JSON.stringify(sample.headers)).digest('hex'),
      'x-hub-signature': signatureOf(raw, this.secret?.value),
    };
  },
  deployments: [
    { source: 'bitbucket', event: 'commit_status', name: 'Deploy *', branch: 'main', environment: 'production' },
  ],
  samples: [...CLOUD, ...DATA_CENTER],
  unknown: told('moon:landed', 'something new', { actor: {} }, { ignored: 'event_not_used' }),
  story: {
    told: [
      aDeployment('a baseline', 'm0', ['06:55', '07:00']),
      told(
        'repo:push',
        'work',
        aCloudPush(aCloudChange({ commits: [aCloudCommit('f2', { parents: ['m0'] })], branch: 'feature' })),
        { becomes: ['commit'] },
      ),
      told('pullrequest:created', 'its review begins', aCloudPullRequest(), { becomes: ['submit'] }),
      told('pullrequest:approved', 'it is reviewed', aCloudReview('approval'), { becomes: ['review success'] }),
      told('repo:push', 'it is merged', aCloudPush(aCloudChange({ commits: merge, before: 'm0' })), {
        becomes: ['commit', 'commit', 'approve'],
      }),
      aDeployment('it is live', 'm', ['11:55', '12:00']),
    ].map(ofStory),
    query: 'pipeline=acme/bitbucket-story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 2 },
      lead_time: { total: { count: 1, median: 3 * 3600 }, review: { median: 2 * 3600 }, deployment: { median: 3600 } },
    },
  },
};
