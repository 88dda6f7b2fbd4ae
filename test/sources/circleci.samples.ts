import { createHmac } from 'node:crypto';
import { aCircleciEvent, type CircleciEvent } from '../support/circleci.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

type Expected = Pick<Sample, 'becomes' | 'ignored'>;

function told(type: string, says: string, event: CircleciEvent, expected: Expected): Sample {
  return { event: type, says, body: aCircleciEvent({ type, ...event }), ...expected };
}

/** A workflow of another repository. */
function ofStory(says: string, event: CircleciEvent, last: string): Sample {
  const { body, ...sample } = told('workflow-completed', says, event, { becomes: ['deploy in_progress', last] });
  return { ...sample, body: JSON.stringify(body).replaceAll('acme/shop', 'circleci/story') };
}

export const samples: SourceSamples = {
  source: 'circleci',
  path: '/circleci/events',
  secret: { variable: 'DEVOPSTIC_CIRCLECI_WEBHOOK_SECRET', value: 'a secret of CircleCI' },
  headersOf(raw) {
    const signature = createHmac('sha256', this.secret?.value ?? '')
      .update(raw)
      .digest('hex');
    return { 'circleci-signature': `v1=${signature},v2=0123` };
  },
  deployments: [
    { source: 'circleci', event: 'workflow-completed', name: 'deploy', branch: 'main', environment: 'production' },
    { source: 'circleci', event: 'job-completed', name: 'ship-*', environment: 'production' },
  ],
  samples: [
    ...[
      ['success', 'success'],
      ['failed', 'failure'],
      ['error', 'failure'],
      ['canceled', 'canceled'],
      ['unauthorized', 'canceled'],
    ].map(([status = '', becomes = ''], index) =>
      told(
        'workflow-completed',
        `a workflow that deploys ends as ${status}`,
        { status, run: 10 + index },
        { becomes: ['deploy in_progress', `deploy ${becomes}`] },
      ),
    ),
    told(
      'job-completed',
      'a job that deploys ends, of a project that is connected by an app',
      { name: 'ship-it', by_app: true, run: 20 },
      { becomes: ['deploy in_progress', 'deploy success'] },
    ),
    told('workflow-completed', 'it ends on a branch', { branch: 'feature' }, { ignored: 'not_a_deployment' }),
    told('job-completed', 'another job ends', { name: 'test' }, { ignored: 'not_a_deployment' }),
    told('workflow-completed', 'one ends somehow', { status: 'dreaming' }, { ignored: 'state_not_used' }),
    told('job-completed', 'one of no commit ends', { commit: null }, { ignored: 'no_commit' }),
    told('ping', 'the webhook is tried', {}, { ignored: 'ping' }),
    told('approval-waiting', 'something else happens', {}, { ignored: 'event_not_used' }),
  ],
  unknown: told('moon-landed', 'something new', {}, { ignored: 'event_not_used' }),
  story: {
    told: [
      ofStory('a baseline', { run: 1, commit: 'm0', hour: 7 }, 'deploy success'),
      ofStory('it fails', { run: 2, status: 'failed' }, 'deploy failure'),
      ofStory('it is mended', { run: 3, commit: 'm2', hour: 13 }, 'deploy success'),
    ],
    query: 'pipeline=circleci/story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 3 },
      change_failure_rate: { deployments: 3, failed: 1 },
      failed_deployment_recovery_time: { median: 3600 },
    },
  },
};
