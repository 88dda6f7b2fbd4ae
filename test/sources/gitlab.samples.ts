import { createHash } from 'node:crypto';
import { aDeployment, aPipeline, aRelease } from '../support/gitlab-deployments.js';
import { aCommit, aMergeRequest, anApproval, anIssue, aPush } from '../support/gitlab-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';
import { signedBy } from '../support/standard-webhook.js';

const push = aPush({ before: 'm0', commits: [aCommit('c1'), aCommit('c2')] });
const nothing = '0'.repeat(40);
const deploying = { name: 'Deploy', ref: 'main' };
const ready = { draft: { previous: true, current: false } };
const withdrawn = { draft: { previous: false, current: true } };

function told(event: string, says: string, body: object, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  const name = /^.* Hook/.exec(event)?.[0] ?? event;
  return { event, says, body, headers: { 'x-gitlab-event': name }, ...expected };
}

/** The same of another project. */
function ofStory({ body, ...sample }: Sample): Sample {
  return { ...sample, body: JSON.stringify(body).replaceAll('acme/web/shop', 'acme/story') };
}

const mergeRequests = [
  told('Merge Request Hook open', 'a merge request is opened', aMergeRequest('open'), { becomes: ['submit'] }),
  told('Merge Request Hook open', 'a draft is opened', aMergeRequest('open', { draft: true }), { ignored: 'draft' }),
  told('Merge Request Hook update', 'a draft is ready', aMergeRequest('update', { changes: ready }), {
    becomes: ['submit', 'review in_progress'],
  }),
  told(
    'Merge Request Hook update',
    'it is a draft again',
    aMergeRequest('update', { changes: withdrawn, draft: true }),
    {
      becomes: ['review canceled'],
    },
  ),
  told('Merge Request Hook update', 'it is changed', aMergeRequest('update'), { ignored: 'action_not_used' }),
  told('Merge Request Hook reopen', 'it is reopened', aMergeRequest('reopen', { updated: '09:30' }), {
    becomes: ['submit'],
  }),
  ...['approved', 'approval', 'unapproved', 'unapproval'].map((action, index) =>
    told(`Merge Request Hook ${action}`, 'by somebody', anApproval(action, { updated: `10:0${index}` }), {
      becomes: [action.startsWith('un') ? 'review canceled' : 'review success'],
    }),
  ),
  told('Merge Request Hook approved', 'by its author', aMergeRequest('approved'), { ignored: 'own_review' }),
  told('Merge Request Hook unapproved', 'by a push', anApproval('unapproved', { system: true }), {
    ignored: 'approvals_reset',
  }),
  told('Merge Request Hook merge', 'it is merged', aMergeRequest('merge', { merged_as: 'm', updated: '11:00' }), {
    becomes: ['approve'],
  }),
  told('Merge Request Hook merge', 'it is merged elsewhere', aMergeRequest('merge', { target: 'next' }), {
    ignored: 'not_default_branch',
  }),
  told('Merge Request Hook close', 'it is closed', aMergeRequest('close'), { ignored: 'closed_unmerged' }),
];

const deployments = [
  ...['success', 'failed', 'canceled', 'running'].map((status, i) =>
    told('Deployment Hook', `it is ${status}`, aDeployment({ status }), {
      becomes: [`deploy ${['success', 'failure', 'canceled', 'in_progress'][i]}`],
    }),
  ),
  told('Deployment Hook', 'somebody approves it', aDeployment({ status: 'approved' }), { ignored: 'state_not_used' }),
  told('Deployment Hook', 'its commit is gone', { ...aDeployment(), commit_url: null }, { ignored: 'no_commit' }),
];

/** What deploys by a rule, and what does not. */
const runs = [
  told('Pipeline Hook', 'a pipeline that deploys is running', aPipeline({ ...deploying, status: 'running' }), {
    becomes: ['deploy in_progress'],
  }),
  ...[
    ['success', 'success'],
    ['failed', 'failure'],
    ['canceled', 'canceled'],
  ].map(([status, becomes], index) =>
    told('Pipeline Hook', `one is ${status}`, aPipeline({ ...deploying, id: 40 + index, status }), {
      becomes: ['deploy in_progress', `deploy ${becomes}`],
    }),
  ),
  told('Pipeline Hook', 'one is skipped', aPipeline({ ...deploying, status: 'skipped' }), {
    ignored: 'state_not_used',
  }),
  told('Pipeline Hook', 'it runs for another branch', aPipeline({ ...deploying, ref: 'feature' }), {
    ignored: 'not_a_deployment',
  }),
  told('Pipeline Hook', 'another pipeline', aPipeline(), { ignored: 'not_a_deployment' }),
  told('Release Hook', 'a release', aRelease(), { becomes: ['deploy success'] }),
  told('Release Hook', 'it is changed', aRelease({ action: 'update' }), { ignored: 'action_not_used' }),
  told('Release Hook', 'one of another kind', aRelease({ tag: 'nightly' }), { ignored: 'not_a_deployment' }),
];

const issues = [
  told('Issue Hook open', 'an incident is opened', anIssue('open', { type: 'Incident' }), {
    becomes: ['incident_status_change failure'],
  }),
  told('Issue Hook close', 'it is closed', anIssue('close', { type: 'Incident', closed: '14:00' }), {
    becomes: ['incident_status_change failure', 'incident_status_change success'],
  }),
  told('Issue Hook reopen', 'it is reopened', anIssue('reopen', { type: 'Incident', updated: '15:00' }), {
    becomes: ['incident_status_change failure', 'incident_status_change failure'],
  }),
  told('Issue Hook update', 'an issue gets the label', anIssue('update', { iid: 24, labels: ['incident'] }), {
    becomes: ['incident_status_change failure'],
  }),
  told('Issue Hook open', 'an issue is opened', anIssue('open'), { ignored: 'not_an_incident' }),
];

export const samples: SourceSamples = {
  source: 'gitlab',
  path: '/gitlab/events',
  secret: {
    variable: 'DEVOPSTIC_GITLAB_WEBHOOK_SECRET',
    value: `whsec_${Buffer.from('the signing token of a test 32 b').toString('base64')}`,
  },
  /** Pushes show a secret token, all others are signed: GitLab can do both. */
  headersOf(raw, { headers }) {
    const id = createHash('sha256').update(raw).update(JSON.stringify(headers)).digest('hex');
    const secret = this.secret?.value ?? '';
    return headers?.['x-gitlab-event'] === 'Push Hook'
      ? { 'x-gitlab-token': secret, 'idempotency-key': id }
      : signedBy(secret, raw, id);
  },
  deployments: [
    { source: 'gitlab', event: 'pipeline', name: 'Deploy', branch: 'main', environment: 'production' },
    { source: 'gitlab', event: 'release', name: 'v*', environment: 'production' },
  ],
  samples: [
    told('Push Hook', 'commits are pushed', push, { becomes: ['commit', 'commit'] }),
    told('Push Hook', 'a branch is deleted', { ...push, after: nothing, commits: [] }, { ignored: 'branch_deleted' }),
    told('Push Hook', 'a branch is made', { ...push, commits: [] }, { ignored: 'no_commits' }),
    told('Push Hook', 'somebody presses Test', { ...push, before: push.commits[0]?.id }, { ignored: 'test' }),
    told('Tag Push Hook', 'a tag is pushed', { ...push, object_kind: 'tag_push' }, { ignored: 'tag' }),
    ...mergeRequests,
    ...deployments,
    ...runs,
    ...issues,
    told('Job Hook', 'a job ended', { object_kind: 'build', build_status: 'success' }, { ignored: 'event_not_used' }),
  ],
  unknown: told('Moon Hook', 'something new', { object_kind: 'moon_landing' }, { ignored: 'event_not_used' }),
  story: {
    told: [
      told('Deployment Hook', 'a baseline', aDeployment({ commit: 'm0', id: 1, time: '07:00' }), {
        becomes: ['deploy success'],
      }),
      told('Push Hook', 'work', aPush({ branch: 'feature', commits: [aCommit('f2', { time: '08:00' })] }), {
        becomes: ['commit'],
      }),
      told('Merge Request Hook open', 'its review begins', aMergeRequest('open', { created: '09:00' }), {
        becomes: ['submit'],
      }),
      told('Merge Request Hook approved', 'it is reviewed', anApproval('approved', { updated: '10:30' }), {
        becomes: ['review success'],
      }),
      told('Merge Request Hook merge', 'it is merged', aMergeRequest('merge', { merged_as: 'm', updated: '11:00' }), {
        becomes: ['approve'],
      }),
      told(
        'Push Hook',
        'which pushes it to the default branch',
        aPush({ before: 'm0', commits: [aCommit('f2', { time: '08:00' }), aCommit('m', { time: '11:00' })] }),
        { becomes: ['commit', 'commit'] },
      ),
      told('Deployment Hook', 'it is live', aDeployment({ id: 2, time: '12:00' }), { becomes: ['deploy success'] }),
      told('Issue Hook close', 'it broke', anIssue('close', { type: 'Incident', closed: '13:30' }), {
        becomes: ['incident_status_change failure', 'incident_status_change success'],
      }),
    ].map(ofStory),
    query: 'pipeline=acme/story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 2 },
      lead_time: { total: { count: 1, median: 3 * 3600 }, review: { median: 2 * 3600 }, deployment: { median: 3600 } },
      change_failure_rate: { failed: 1, failed_by: { incident: 1 } },
      time_to_restore: { count: 1, median: 1800 },
    },
  },
};
