import type { Sample, SourceSamples } from '../support/source-samples.js';
import { aPipelineRun, aTektonEvent, type TektonRun } from '../support/tekton.js';

const byRule = { uid: 'u-4', labels: { 'tekton.dev/pipeline': 'release-shop' } };
const production = { environment: 'production', pipeline: 'acme/shop' };

function told(
  state: string,
  says: string,
  run: TektonRun,
  expected: Pick<Sample, 'becomes' | 'ignored'>,
  kind = 'pipelinerun',
): Sample {
  return { event: `${kind}.${state}`, says, ...aTektonEvent(state, aPipelineRun(run), kind), ...expected };
}

function ofStory(says: string, state: string, run: TektonRun, becomes: string[]): Sample {
  return told(state, says, { environment: 'production', pipeline: 'tekton/story', ...run }, { becomes });
}

export const samples: SourceSamples = {
  source: 'tekton',
  path: '/tekton/events',
  headersOf: () => ({}),
  deployments: [{ source: 'tekton', event: 'pipelinerun', name: 'release-*', environment: 'production' }],
  samples: [
    {
      event: 'pipelinerun.successful',
      says: 'a deployment succeeds, and a broker passes that on in structured mode',
      ...aTektonEvent('successful', aPipelineRun({ ...production, ended: '12:00' }), 'pipelinerun', 'structured'),
      becomes: ['deploy in_progress', 'deploy success'],
    },
    told('started', 'a deployment starts', production, { becomes: ['deploy in_progress'] }),
    told('running', 'it is running', { ...production, uid: 'u-2' }, { becomes: ['deploy in_progress'] }),
    told(
      'failed',
      'it fails',
      { ...production, uid: 'u-2', ended: '12:00', reason: 'Failed' },
      {
        becomes: ['deploy in_progress', 'deploy failure'],
      },
    ),
    told(
      'failed',
      'one is canceled',
      { ...production, uid: 'u-3', ended: '12:00', reason: 'Cancelled' },
      {
        becomes: ['deploy in_progress', 'deploy canceled'],
      },
    ),
    told('started', 'a run starts that deploys by a rule', byRule, { becomes: ['deploy in_progress'] }),
    told(
      'successful',
      'it succeeds',
      { ...byRule, ended: '12:00' },
      { becomes: ['deploy in_progress', 'deploy success'] },
    ),
    told('unknown', 'one is still running', production, { ignored: 'event_not_used' }),
    told('successful', 'tests pass', { ended: '12:00' }, { ignored: 'not_a_deployment' }),
    told(
      'successful',
      'a deployment of nothing known succeeds',
      { ...production, commit: null, ended: '12:00' },
      {
        ignored: 'no_commit',
      },
    ),
    told('successful', 'a task is done', production, { ignored: 'event_not_used' }, 'taskrun'),
  ],
  unknown: told('landed', 'something new', {}, { ignored: 'event_not_used' }, 'moon'),
  story: {
    told: [
      ofStory('a baseline', 'successful', { uid: 's-0', commit: 'm0', started: '06:55', ended: '07:00' }, [
        'deploy in_progress',
        'deploy success',
      ]),
      ofStory('it starts', 'started', { uid: 's-1' }, ['deploy in_progress']),
      ofStory('it fails', 'failed', { uid: 's-1', ended: '12:00', reason: 'Failed' }, [
        'deploy in_progress',
        'deploy failure',
      ]),
      ofStory('it is mended', 'successful', { uid: 's-2', started: '12:55', ended: '13:00' }, [
        'deploy in_progress',
        'deploy success',
      ]),
    ],
    query: 'pipeline=tekton/story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 3 },
      change_failure_rate: { deployments: 3, failed: 1 },
      failed_deployment_recovery_time: { median: 3600 },
    },
  },
};
