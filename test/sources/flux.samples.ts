import { createHmac } from 'node:crypto';
import { aFluxEvent, type FluxEvent } from '../support/flux.js';
import { sha } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

const FAILED = [
  'ReconciliationFailed',
  'BuildFailed',
  'ValidationFailed',
  'PruneFailed',
  'HealthCheckFailed',
  'InstallFailed',
  'UpgradeFailed',
  'TestFailed',
  'RollbackFailed',
];

function told(reason: string, says: string, event: FluxEvent, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  return { event: reason, says, body: aFluxEvent(reason, event), ...expected };
}

function ofStory(says: string, reason: string, commit: string, time: string, becomes: string): Sample {
  return told(reason, says, { name: 'flux-story', revision: `main@sha1:${sha(commit)}`, time }, { becomes: [becomes] });
}

const chart = { kind: 'HelmRelease', revision: '1.2.0' };

export const samples: SourceSamples = {
  source: 'flux',
  path: '/flux/events',
  secret: { variable: 'DEVOPSTIC_FLUX_WEBHOOK_SECRET', value: 'a secret of Flux' },
  headersOf(raw) {
    return {
      'x-signature': `sha256=${createHmac('sha256', this.secret?.value ?? '')
        .update(raw)
        .digest('hex')}`,
    };
  },
  samples: [
    told('ReconciliationSucceeded', 'a revision is applied', {}, { becomes: ['deploy success'] }),
    told('Progressing', 'one is being applied', {}, { becomes: ['deploy in_progress'] }),
    told('InstallSucceeded', 'a chart is installed', chart, { becomes: ['deploy success'] }),
    told('UpgradeSucceeded', 'it is upgraded', { ...chart, revision: '1.3.0' }, { becomes: ['deploy success'] }),
    told('RollbackSucceeded', 'it is rolled back', chart, { becomes: ['deploy success'] }),
    ...FAILED.map((reason) =>
      told(reason, 'something fails', { revision: `main@sha1:${sha(reason)}` }, { becomes: ['deploy failure'] }),
    ),
    told('NewArtifact', 'a source has a new revision', { kind: 'GitRepository' }, { ignored: 'kind_not_used' }),
    told('DependencyNotReady', 'it has to wait', {}, { ignored: 'reason_not_used' }),
    told('ReconciliationSucceeded', 'nobody says where', { metadata: {} }, { ignored: 'no_environment' }),
    told('BuildFailed', 'nobody says what', { revision: null }, { ignored: 'no_commit' }),
  ],
  unknown: told('MoonLanded', 'something new', {}, { ignored: 'reason_not_used' }),
  story: {
    told: [
      ofStory('a baseline', 'ReconciliationSucceeded', 'm0', '07:00', 'deploy success'),
      ofStory('it begins', 'Progressing', 'm', '11:55', 'deploy in_progress'),
      ofStory('it fails', 'HealthCheckFailed', 'm', '12:00', 'deploy failure'),
      ofStory('it is mended', 'ReconciliationSucceeded', 'm2', '13:00', 'deploy success'),
    ],
    query: 'pipeline=flux-story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 3 },
      change_failure_rate: { deployments: 3, failed: 1 },
      failed_deployment_recovery_time: { median: 3600 },
    },
  },
};
