import { createHash, createHmac } from 'node:crypto';
import {
  aGiteaCommit,
  aGiteaIssue,
  aGiteaPullRequest,
  aGiteaPush,
  aGiteaRelease,
  aGiteaReview,
  anActionRun,
  aWorkflowRun,
} from '../support/gitea-payloads.js';
import { at, sha } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

const merged = { as: 'm', time: '11:00' };
const push = aGiteaPush({ before: 'm0', commits: [aGiteaCommit('c2'), aGiteaCommit('c1')] });

function told(event: string, says: string, body: object, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  return { event, says, body, headers: { 'x-gitea-event': event.split(' ')[0] ?? '' }, ...expected };
}

/** As Forgejo sends it, were it to leave the headers of Gitea out. */
function byForgejo(sample: Sample): Sample {
  return { ...sample, headers: { 'x-forgejo-event': sample.headers?.['x-gitea-event'] ?? '' } };
}

const PULL_REQUESTS = [
  told('pull_request opened', 'a pull request is opened', aGiteaPullRequest('opened'), { becomes: ['submit'] }),
  told('pull_request opened', 'a draft is opened', aGiteaPullRequest('opened', { title: 'WIP: Take cards' }), {
    ignored: 'draft',
  }),
  told('pull_request edited', 'it is ready', aGiteaPullRequest('edited', { former_title: 'WIP: Take cards' }), {
    becomes: ['submit', 'review in_progress'],
  }),
  told(
    'pull_request edited',
    'it is a draft again',
    aGiteaPullRequest('edited', { title: 'WIP: Take cards', former_title: 'Take cards', updated: '09:50' }),
    { becomes: ['review canceled'] },
  ),
  told('pull_request edited', 'it is described', aGiteaPullRequest('edited', { updated: '10:00' }), {
    becomes: ['submit'],
  }),
  told('pull_request edited', 'it is described after all', aGiteaPullRequest('edited', { state: 'closed' }), {
    ignored: 'not_open',
  }),
  told('pull_request reopened', 'it is reopened', aGiteaPullRequest('reopened', { updated: '10:30' }), {
    becomes: ['submit'],
  }),
  told('pull_request closed', 'it is merged', aGiteaPullRequest('closed', { merged }), { becomes: ['approve'] }),
  told('pull_request closed', 'it is closed', aGiteaPullRequest('closed'), { ignored: 'closed_unmerged' }),
  told('pull_request closed', 'it is merged elsewhere', aGiteaPullRequest('closed', { merged, base: 'next' }), {
    ignored: 'not_default_branch',
  }),
  ...(
    [
      ['approved', 'success'],
      ['rejected', 'failure'],
      ['comment', 'in_progress'],
    ] as const
  ).map(([verdict, status]) =>
    told(`pull_request_${verdict}`, 'somebody reviews it', aGiteaReview(verdict), { becomes: [`review ${status}`] }),
  ),
  told(
    'pull_request_comment',
    'its author answers',
    { ...aGiteaReview('comment'), sender: { id: 2, login: 'ada' } },
    {
      ignored: 'own_review',
    },
  ),
  told('pull_request synchronized', 'it has new commits', aGiteaPullRequest('synchronized'), {
    ignored: 'action_not_used',
  }),
];

const OTHERS = [
  told('push', 'commits are pushed', push, { becomes: ['commit', 'commit'] }),
  told('push', 'a tag is pushed', { ...push, ref: 'refs/tags/v1', commits: [] }, { ignored: 'tag' }),
  told('push', 'a note is pushed', { ...push, ref: 'refs/notes/x' }, { ignored: 'not_a_branch' }),
  told('push', 'a branch is made', { ...push, commits: [] }, { ignored: 'no_commits' }),
  byForgejo(told('push', 'Forgejo pushes', { ...push, before: sha('m1') }, { becomes: ['commit', 'commit'] })),
  told('fork', 'somebody likes it', {}, { ignored: 'event_not_used' }),
  told('issues opened', 'it breaks', aGiteaIssue('opened', {}), { becomes: ['incident_status_change failure'] }),
  told('issues closed', 'it is restored', aGiteaIssue('closed', { closed: '15:00' }), {
    becomes: ['incident_status_change failure', 'incident_status_change success'],
  }),
  told('issues label_updated', 'it gets its label', aGiteaIssue('label_updated', {}), {
    becomes: ['incident_status_change failure', 'incident_status_change failure'],
  }),
  told('issues label_cleared', 'it has no label any more', aGiteaIssue('label_cleared', { labels: [] }), {
    becomes: ['incident_status_change success'],
  }),
  told('issues opened', 'somebody has a wish', aGiteaIssue('opened', { labels: ['wish'] }), {
    ignored: 'not_an_incident',
  }),
];

/** What deploys by a rule, and what does not. */
const RUNS = [
  told('release published', 'a release is published', aGiteaRelease('published'), { becomes: ['deploy success'] }),
  told('release published', 'one of another kind', aGiteaRelease('published', { tag_name: 'nightly' }), {
    ignored: 'not_a_deployment',
  }),
  told('release published', 'a draft', aGiteaRelease('published', { draft: true }), { ignored: 'draft' }),
  told('release updated', 'it is changed', aGiteaRelease('updated'), { ignored: 'action_not_used' }),
  ...[
    ['success', 'success'],
    ['failure', 'failure'],
    ['cancelled', 'canceled'],
  ].map(([conclusion, becomes], index) =>
    told(
      'workflow_run completed',
      `a run that deploys ends as ${conclusion}`,
      aWorkflowRun('completed', { id: 40 + index, conclusion }),
      {
        becomes: ['deploy in_progress', `deploy ${becomes}`],
      },
    ),
  ),
  told('workflow_run completed', 'one of another branch', aWorkflowRun('completed', { head_branch: 'feature' }), {
    ignored: 'not_a_deployment',
  }),
  told('workflow_run completed', 'a run was skipped', aWorkflowRun('completed', { conclusion: 'skipped' }), {
    ignored: 'state_not_used',
  }),
  ...[
    ['action_run_success', 'success'],
    ['action_run_failure', 'failure'],
    ['action_run_recover', 'success'],
  ].map(([event = '', status = ''], index) =>
    byForgejo(
      told(event, `Forgejo's run that deploys ends as ${status}`, anActionRun({ id: 50 + index, status }), {
        becomes: ['deploy in_progress', `deploy ${status}`],
      }),
    ),
  ),
  byForgejo(
    told('action_run_success', "another of Forgejo's", anActionRun({ workflow_id: 'test.yml' }), {
      ignored: 'not_a_deployment',
    }),
  ),
];

/** The same of another repository. */
function ofStory({ body, ...sample }: Sample): Sample {
  return { ...sample, body: JSON.stringify(body).replaceAll('acme/shop', 'acme/gitea-story') };
}

/** A run that deployed a commit, from one time to another. */
function aDeployment(says: string, id: number, commit: string, [started, completed]: [string, string]): Sample {
  const run = { id, head_sha: sha(commit), started_at: at(started), completed_at: at(completed) };
  return told('workflow_run completed', says, aWorkflowRun('completed', run), {
    becomes: ['deploy in_progress', 'deploy success'],
  });
}

export const samples: SourceSamples = {
  source: 'gitea',
  path: '/gitea/events',
  secret: { variable: 'DEVOPSTIC_GITEA_WEBHOOK_SECRET', value: 'a secret of an instance' },
  headersOf(raw, sample) {
    const family = Object.keys(sample.headers ?? {})[0]?.split('-')[1] ?? 'gitea';
    return {
      [`x-${family}-delivery`]: createHash('sha256').update(raw).update(JSON.stringify(sample.headers)).digest('hex'),
      [`x-${family}-signature`]: createHmac('sha256', this.secret?.value ?? '')
        .update(raw)
        .digest('hex'),
    };
  },
  deployments: [
    { source: 'gitea', event: 'workflow_run', name: 'Deploy', branch: 'main', environment: 'production' },
    { source: 'gitea', event: 'workflow_run', name: 'deploy.yml', environment: 'production' },
    { source: 'gitea', event: 'release', name: 'v*', environment: 'production' },
  ],
  samples: [...PULL_REQUESTS, ...OTHERS, ...RUNS],
  unknown: told('moon_landing', 'something new', { action: 'landed' }, { ignored: 'event_not_used' }),
  story: {
    told: [
      aDeployment('a baseline', 1, 'm0', ['06:55', '07:00']),
      told('push', 'work', aGiteaPush({ ref: 'refs/heads/feature', commits: [aGiteaCommit('f2')] }), {
        becomes: ['commit'],
      }),
      told('pull_request opened', 'its review begins', aGiteaPullRequest('opened'), { becomes: ['submit'] }),
      told('pull_request_approved', 'it is reviewed', aGiteaReview('approved'), { becomes: ['review success'] }),
      told('pull_request closed', 'it is merged', aGiteaPullRequest('closed', { merged }), { becomes: ['approve'] }),
      aDeployment('it is live', 2, 'm', ['11:55', '12:00']),
      told('issues closed', 'it broke, and is restored', aGiteaIssue('closed', { closed: '15:00' }), {
        becomes: ['incident_status_change failure', 'incident_status_change success'],
      }),
    ].map(ofStory),
    query: 'pipeline=acme/gitea-story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 2 },
      lead_time: { total: { count: 1, median: 3 * 3600 }, review: { median: 2 * 3600 }, deployment: { median: 3600 } },
      change_failure_rate: { failed: 1 },
    },
  },
};
