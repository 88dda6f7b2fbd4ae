import {
  aBuild,
  anAzureCommit,
  anAzurePullRequest,
  anAzurePush,
  aRefUpdate,
  aReleaseDeployment,
  aRunChange,
  aStageChange,
} from '../support/azure-devops-payloads.js';
import { sha } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

function told(says: string, body: { eventType: string }, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  return { event: body.eventType, says, body, ...expected };
}

const completed = { status: 'completed' };
const work = [anAzureCommit('c2'), anAzureCommit('c1')];

const ofCommit = { resources: { repositories: { self: { refName: 'refs/heads/main', version: sha('m') } } } };

const CODE = [
  told('commits are pushed', anAzurePush([aRefUpdate('c2', 'm0')], work), { becomes: ['commit', 'commit'] }),
  told('a tag is pushed', anAzurePush([aRefUpdate('c2', undefined, 'refs/tags/v1')], []), { ignored: 'tag' }),
  told('a note is pushed', anAzurePush([aRefUpdate('c2', 'c1', 'refs/notes/x')], []), { ignored: 'not_a_branch' }),
  told('a branch is deleted', anAzurePush([aRefUpdate(undefined, 'c1', 'refs/heads/feature')], []), {
    ignored: 'branch_deleted',
  }),
  told('a branch is made', anAzurePush([aRefUpdate('m0', undefined, 'refs/heads/feature')], []), {
    ignored: 'no_commits',
  }),
  told('a pull request is made', anAzurePullRequest('created'), { becomes: ['submit'] }),
  told('a draft is made', anAzurePullRequest('created', { draft: true }), { ignored: 'draft' }),
  told('it is changed', anAzurePullRequest('updated', { time: '10:00' }), {
    becomes: ['submit', 'review in_progress'],
  }),
  told('it is a draft again', anAzurePullRequest('updated', { draft: true, time: '10:10' }), {
    becomes: ['review canceled'],
  }),
  told('it is merged for a trial', anAzurePullRequest('merged'), { ignored: 'trial_merge' }),
  told('it is completed', anAzurePullRequest('updated', completed), { becomes: ['approve'] }),
  told('it is merged', anAzurePullRequest('merged', completed), { becomes: ['approve'] }),
  told('it is completed elsewhere', anAzurePullRequest('updated', { ...completed, target: 'next' }), {
    ignored: 'not_default_branch',
  }),
  told('it is abandoned', anAzurePullRequest('updated', { status: 'abandoned' }), { ignored: 'closed_unmerged' }),
  told('it has a new state', anAzurePullRequest('updated', { status: 'dreaming' }), { ignored: 'state_not_used' }),
];

const RUNS = [
  told('a deployment began', aReleaseDeployment('started'), { becomes: ['deploy in_progress'] }),
  ...[
    ['succeeded', 'success'],
    ['rejected', 'failure'],
    ['canceled', 'canceled'],
  ].map(([status, becomes]) =>
    told(`a deployment is ${status}`, aReleaseDeployment('completed', { status: status! }), {
      becomes: ['deploy in_progress', `deploy ${becomes}`],
    }),
  ),
  told('a deployment of nothing that was built', aReleaseDeployment('completed', { artifacts: [] }), {
    ignored: 'no_commit',
  }),
  ...['succeeded', 'partiallySucceeded', 'failed', 'canceled'].map((result, index) =>
    told(`a build that deploys ${result}`, aBuild({ id: 600 + index, result }), {
      becomes: ['deploy in_progress', `deploy ${['success', 'success', 'failure', 'canceled'][index]}`],
    }),
  ),
  told('another build succeeded', aBuild({ definition: { id: 8, name: 'web CI' } }), { ignored: 'not_a_deployment' }),
  told('it succeeded for a pull request', aBuild({ sourceBranch: 'refs/pull/7/merge' }), {
    ignored: 'not_a_deployment',
  }),
  told('a run that deploys began', aRunChange({ state: 'inProgress', ...ofCommit }), {
    becomes: ['deploy in_progress'],
  }),
  told('it succeeded', aRunChange({ state: 'completed', result: 'succeeded', ...ofCommit }), {
    becomes: ['deploy success'],
  }),
  told('a run ended whose commit is not told', aRunChange({ state: 'completed', result: 'succeeded' }), {
    ignored: 'no_commit',
  }),
  told('a stage that deploys began', aStageChange({ state: 'running' }, ofCommit), { becomes: ['deploy in_progress'] }),
  told('it failed', aStageChange({ state: 'completed', result: 'failed' }, ofCommit), { becomes: ['deploy failure'] }),
  told('another began', aStageChange({ name: 'Test', state: 'running' }, ofCommit), { ignored: 'not_a_deployment' }),
  told('a stage is waiting', aStageChange({ state: 'waiting' }), { ignored: 'state_not_used' }),
  told('somebody plans work', { eventType: 'workitem.created' }, { ignored: 'event_not_used' }),
];

/** The same of another repository. */
function ofStory({ body, ...sample }: Sample): Sample {
  return { ...sample, body: JSON.stringify(body).replaceAll('"web"', '"story"') };
}

export const samples: SourceSamples = {
  source: 'azure-devops',
  path: '/azure-devops/events',
  headersOf: () => ({}),
  deployments: [
    { source: 'azure-devops', event: 'build', name: 'web CD', branch: 'main', environment: 'production' },
    { source: 'azure-devops', event: 'pipeline', name: 'web CD', branch: 'main', environment: 'production' },
    { source: 'azure-devops', event: 'stage', name: '*/Production', environment: 'production' },
  ],
  samples: [...CODE, ...RUNS],
  unknown: told('something new', { eventType: 'ms.vss-moon.landed' }, { ignored: 'event_not_used' }),
  story: {
    told: [
      told('a baseline', aReleaseDeployment('completed', { commit: 'm0', id: 1, time: '07:00' }), {
        becomes: ['deploy in_progress', 'deploy success'],
      }),
      told('work', anAzurePush([aRefUpdate('f2', undefined, 'refs/heads/feature')], [anAzureCommit('f2')]), {
        becomes: ['commit'],
      }),
      told('its review begins', anAzurePullRequest('created'), { becomes: ['submit'] }),
      told('it is merged', anAzurePullRequest('merged', completed), { becomes: ['approve'] }),
      told('it is live', aReleaseDeployment('completed', { commit: 'm', id: 2, time: '12:00' }), {
        becomes: ['deploy in_progress', 'deploy success'],
      }),
    ].map(ofStory),
    query: 'pipeline=Shop/story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 2 },
      lead_time: { total: { count: 1, median: 3 * 3600 }, review: { median: 2 * 3600 }, deployment: { median: 3600 } },
    },
  },
};
