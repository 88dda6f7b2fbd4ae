import { createHash } from 'node:crypto';
import {
  aCommit,
  aDeploymentStatus,
  anIssue,
  aPullRequest,
  aPush,
  aRelease,
  aReview,
  aWorkflowRun,
} from '../support/github-payloads.js';
import { GITHUB_SECRET, signatureOf } from '../support/github-sender.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

const merged = { as: 'm', time: '11:00' };
const push = aPush({ before: 'm0', commits: [aCommit('c1'), aCommit('c2')] });

function told(event: string, says: string, body: object, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  return { event, says, body, headers: { 'x-github-event': event.split(' ')[0] ?? '' }, ...expected };
}

/** The same of another repository. */
function ofStory({ body, ...sample }: Sample): Sample {
  return { ...sample, body: JSON.stringify(body).replaceAll('acme/shop', 'acme/github-story') };
}

export const samples: SourceSamples = {
  source: 'github',
  path: '/github/events',
  secret: { variable: 'DEVOPSTIC_GITHUB_WEBHOOK_SECRET', value: GITHUB_SECRET },
  headersOf(raw, sample) {
    return {
      'x-github-delivery': createHash('sha256').update(raw).update(JSON.stringify(sample.headers)).digest('hex'),
      'x-hub-signature-256': signatureOf(raw, this.secret?.value),
    };
  },
  deployments: [
    { source: 'github', event: 'workflow_run', name: 'Deploy', branch: 'main', environment: 'production' },
    { source: 'github', event: 'release', name: 'v*', environment: 'production' },
  ],
  samples: [
    told('ping', 'the webhook was made', { zen: 'Design for failure.', hook_id: 1 }, { ignored: 'ping' }),
    told('pull_request opened', 'a pull request is opened', aPullRequest('opened'), { becomes: ['submit'] }),
    told('pull_request opened', 'a draft is opened', aPullRequest('opened', { draft: true }), { ignored: 'draft' }),
    told('pull_request ready_for_review', 'a draft is ready', aPullRequest('ready_for_review'), {
      becomes: ['submit', 'review in_progress'],
    }),
    told(
      'pull_request converted_to_draft',
      'it is a draft again',
      aPullRequest('converted_to_draft', { draft: true }),
      {
        becomes: ['review canceled'],
      },
    ),
    told('pull_request converted_to_draft', 'it was one for a moment', aPullRequest('converted_to_draft'), {
      ignored: 'no_draft',
    }),
    told('pull_request reopened', 'a pull request is reopened', aPullRequest('reopened'), { becomes: ['submit'] }),
    told('pull_request closed', 'it is merged', aPullRequest('closed', { merged }), { becomes: ['approve'] }),
    told('pull_request closed', 'it is closed', aPullRequest('closed'), { ignored: 'closed_unmerged' }),
    told('pull_request closed', 'it is merged elsewhere', aPullRequest('closed', { merged, base: 'next' }), {
      ignored: 'not_default_branch',
    }),
    told('pull_request labeled', 'it is labeled', aPullRequest('labeled'), { ignored: 'action_not_used' }),
    ...[
      ['approved', 'success'],
      ['changes_requested', 'failure'],
      ['commented', 'in_progress'],
    ].map(([state = '', status = '']) =>
      told('pull_request_review submitted', `somebody says ${state}`, aReview('submitted', { state }), {
        becomes: [`review ${status}`],
      }),
    ),
    told('pull_request_review submitted', 'the author answers', aReview('submitted', { author: 'ada' }), {
      ignored: 'own_review',
    }),
    told('pull_request_review submitted', 'it says something new', aReview('submitted', { state: 'astonished' }), {
      ignored: 'state_not_used',
    }),
    told('pull_request_review dismissed', 'it is dismissed', aReview('dismissed', { state: 'dismissed' }), {
      becomes: ['review canceled'],
    }),
    told('pull_request_review edited', 'its text is mended', aReview('edited'), { ignored: 'action_not_used' }),
    told('push', 'commits are pushed', push, { becomes: ['commit', 'commit'] }),
    told('push', 'a tag is pushed', { ...push, ref: 'refs/tags/v1' }, { ignored: 'tag' }),
    told('push', 'a note is pushed', { ...push, ref: 'refs/notes/x' }, { ignored: 'not_a_branch' }),
    told('push', 'a branch is deleted', { ...push, deleted: true, commits: [] }, { ignored: 'branch_deleted' }),
    told('push', 'a branch is made', { ...push, commits: [] }, { ignored: 'no_commits' }),
    ...['success', 'failure', 'in_progress'].map((state) =>
      told('deployment_status', `it is ${state}`, aDeploymentStatus({ commit: 'm', state }), {
        becomes: [`deploy ${state}`],
      }),
    ),
    told('deployment_status', 'another took its place', aDeploymentStatus({ commit: 'm', state: 'inactive' }), {
      ignored: 'inactive',
    }),
    told('deployment_status', 'it has a new state', aDeploymentStatus({ commit: 'm', state: 'dreaming' }), {
      ignored: 'state_not_used',
    }),
    told('workflow_run in_progress', 'a run that deploys begins', aWorkflowRun('in_progress'), {
      becomes: ['deploy in_progress'],
    }),
    ...[
      ['success', 'success'],
      ['timed_out', 'failure'],
      ['cancelled', 'canceled'],
    ].map(([conclusion = '', status = ''], attempt) =>
      told('workflow_run completed', `it ends as ${conclusion}`, aWorkflowRun('completed', { conclusion, attempt }), {
        becomes: ['deploy in_progress', `deploy ${status}`],
      }),
    ),
    told('workflow_run completed', 'it is skipped', aWorkflowRun('completed', { conclusion: 'skipped' }), {
      ignored: 'state_not_used',
    }),
    told('workflow_run completed', 'another run ends', aWorkflowRun('completed', { workflow: 'Test' }), {
      ignored: 'not_a_deployment',
    }),
    told('release published', 'a release is published', aRelease('published'), { becomes: ['deploy success'] }),
    told('release published', 'one of another kind', aRelease('published', { tag: 'nightly' }), {
      ignored: 'not_a_deployment',
    }),
    told('release edited', 'it is edited', aRelease('edited'), { ignored: 'action_not_used' }),
    told('issues opened', 'an incident opens', anIssue('opened'), { becomes: ['incident_status_change failure'] }),
    told('issues labeled', 'an issue turns out to be one', anIssue('labeled'), {
      becomes: ['incident_status_change failure'],
    }),
    told('issues labeled', 'it is one again', anIssue('labeled', { label: 'incident', updated: '10:30' }), {
      becomes: ['incident_status_change failure', 'incident_status_change failure'],
    }),
    told(
      'issues labeled',
      'it was one, and is over',
      anIssue('labeled', { label: 'incident', closed: '10:00', updated: '10:30' }),
      { becomes: ['incident_status_change failure', 'incident_status_change success'] },
    ),
    told('issues edited', 'it is edited', anIssue('edited'), { becomes: ['incident_status_change failure'] }),
    told('issues reopened', 'it opens again', anIssue('reopened', { updated: '10:30' }), {
      becomes: ['incident_status_change failure', 'incident_status_change failure'],
    }),
    told('issues closed', 'it is resolved', anIssue('closed', { closed: '11:00' }), {
      becomes: ['incident_status_change failure', 'incident_status_change success'],
    }),
    told('issues unlabeled', 'it was none', anIssue('unlabeled', { labels: ['bug'], label: 'incident' }), {
      becomes: ['incident_status_change failure', 'incident_status_change success'],
    }),
    told('issues unlabeled', 'a bug is none', anIssue('unlabeled', { labels: [], label: 'bug' }), {
      ignored: 'not_an_incident',
    }),
    told('issues opened', 'a bug is reported', anIssue('opened', { labels: ['bug'] }), { ignored: 'not_an_incident' }),
    told('issues pinned', 'it is pinned', anIssue('pinned'), { ignored: 'action_not_used' }),
    told('star', 'somebody likes it', { action: 'created' }, { ignored: 'event_not_used' }),
  ],
  unknown: told('moon_landing', 'something new', { action: 'landed' }, { ignored: 'event_not_used' }),
  story: {
    told: [
      told('deployment_status', 'a baseline', aDeploymentStatus({ commit: 'm0', id: 1, time: '07:00' }), {
        becomes: ['deploy success'],
      }),
      told('push', 'work', aPush({ ref: 'refs/heads/feature', commits: [aCommit('f2', { time: '08:00' })] }), {
        becomes: ['commit'],
      }),
      told('pull_request opened', 'its review begins', aPullRequest('opened', { created: '09:00' }), {
        becomes: ['submit'],
      }),
      told('pull_request_review submitted', 'it is reviewed', aReview('submitted', { submitted: '10:30' }), {
        becomes: ['review success'],
      }),
      told('pull_request closed', 'it is merged', aPullRequest('closed', { merged }), { becomes: ['approve'] }),
      told('deployment_status', 'it is live', aDeploymentStatus({ commit: 'm', id: 2, time: '12:00' }), {
        becomes: ['deploy success'],
      }),
      told('issues closed', 'what it broke is mended', anIssue('closed', { closed: '12:30' }), {
        becomes: ['incident_status_change failure', 'incident_status_change success'],
      }),
    ].map(ofStory),
    query: 'pipeline=acme/github-story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 2 },
      lead_time: { total: { count: 1, median: 3 * 3600 }, review: { median: 2 * 3600 }, deployment: { median: 3600 } },
      time_to_restore: { count: 1, open: 0, median: 3 * 3600 },
    },
  },
};
