import { aBuild, type JenkinsBuild } from '../support/jenkins.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

type Expected = Pick<Sample, 'becomes' | 'ignored'>;

function told(says: string, build: JenkinsBuild, expected: Expected): Sample {
  return { event: build.phase ?? 'COMPLETED', says, body: aBuild(build), ...expected };
}

function ofStory(says: string, build: JenkinsBuild, last: string): Sample {
  return told(says, { repository: 'jenkins/story', ...build }, { becomes: ['deploy in_progress', last] });
}

export const samples: SourceSamples = {
  source: 'jenkins',
  path: '/jenkins/events',
  headersOf: () => ({}),
  deployments: [{ source: 'jenkins', event: 'build', branch: 'release/**', environment: 'production' }],
  samples: [
    told('a build has deployed', {}, { becomes: ['deploy in_progress', 'deploy success'] }),
    told('it is finalized', { phase: 'FINALIZED' }, { becomes: ['deploy success'] }),
    told('one starts', { number: 43, phase: 'STARTED', status: null }, { becomes: ['deploy in_progress'] }),
    ...['FAILURE', 'UNSTABLE', 'NOT_BUILT'].map((status, index) =>
      told(
        `one ends in ${status}`,
        { number: 50 + index, status },
        { becomes: ['deploy in_progress', 'deploy failure'] },
      ),
    ),
    told('one is aborted', { number: 60, status: 'ABORTED' }, { becomes: ['deploy in_progress', 'deploy canceled'] }),
    told(
      'one has deployed by a rule',
      { number: 62, parameters: {}, branch: 'origin/release/1' },
      { becomes: ['deploy in_progress', 'deploy success'] },
    ),
    told('one ends somehow', { number: 61, status: 'SOMEHOW' }, { ignored: 'state_not_used' }),
    told('one is queued', { phase: 'QUEUED', status: null }, { ignored: 'phase_not_used' }),
    told('tests pass', { parameters: {} }, { ignored: 'not_a_deployment' }),
    told('one has checked out nothing', { commit: null }, { ignored: 'no_commit' }),
  ],
  unknown: told('something new', { phase: 'LANDED' }, { ignored: 'phase_not_used' }),
  story: {
    told: [
      ofStory('a baseline', { number: 1, commit: 'm0', time: '07:00' }, 'deploy success'),
      ofStory('it fails', { number: 2, status: 'FAILURE' }, 'deploy failure'),
      ofStory('it is mended', { number: 3, commit: 'm2', time: '13:00' }, 'deploy success'),
    ],
    query: 'pipeline=jenkins/story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 3 },
      change_failure_rate: { deployments: 3, failed: 1 },
      failed_deployment_recovery_time: { median: 3600 },
    },
  },
};
