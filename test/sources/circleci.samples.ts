import { createHmac } from 'node:crypto';
import { aCircleciEvent, type CircleciEvent } from '../support/circleci.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

function told(type: string, says: string, event: CircleciEvent, ignored: string): Sample {
  return { event: type, says, body: aCircleciEvent({ type, ...event }), ignored };
}

/** Without a rule that says what deploys; with rules, circleci.reader.spec.ts. */
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
  samples: [
    told('workflow-completed', 'a workflow ends', {}, 'not_a_deployment'),
    told('job-completed', 'a job ends', {}, 'not_a_deployment'),
    told('workflow-completed', 'one ends somehow', { status: 'dreaming' }, 'state_not_used'),
    told('job-completed', 'one of no commit ends', { commit: null }, 'no_commit'),
    told('ping', 'the webhook is tried', {}, 'ping'),
    told('approval-waiting', 'something else happens', {}, 'event_not_used'),
  ],
  unknown: told('moon-landed', 'something new', {}, 'event_not_used'),
  story: {
    told: [
      {
        ...told('workflow-completed', 'a workflow that no rule calls a deployment ends', {}, 'not_a_deployment'),
        body: JSON.stringify(aCircleciEvent({ commit: 'm1' })).replaceAll('acme/shop', 'circleci/story'),
      },
    ],
    query: 'pipeline=circleci/story&from=2026-03-01&to=2026-03-04',
    summary: { deployment_frequency: { deployments: 0 } },
  },
};
