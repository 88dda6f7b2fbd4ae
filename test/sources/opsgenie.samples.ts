import { at } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

interface AlertOptions {
  id?: string;
  tags?: string[];
  entity?: string;
  updated?: string;
}

const failed = 'incident_status_change failure';
const restored = 'incident_status_change success';

function told(
  action: string,
  says: string,
  { id = 'a-1', tags = ['pipeline:acme/opsgenie', 'env:prod'], entity = '', updated = '09:00' }: AlertOptions,
  expected: Pick<Sample, 'becomes' | 'ignored'>,
): Sample {
  const body = {
    action,
    source: { name: 'web', type: 'API' },
    alert: {
      alertId: id,
      tinyId: '23',
      alias: 'checkout',
      message: 'One in five checkouts fails',
      username: 'ada@example.com',
      source: 'ada@example.com',
      tags,
      entity,
      createdAt: Date.parse(at('09:00')),
      updatedAt: Date.parse(at(updated)) * 1e6,
    },
    integrationId: '5c1f0a52-4b0f-4d0c-8a5e-6f7d8c9b0a1e',
    integrationName: 'DevOpstic',
  };
  return { event: action, says, body, ...expected };
}

const story = { id: 'a-9', tags: ['service:acme/opsgenie-story'] };

export const samples: SourceSamples = {
  source: 'opsgenie',
  path: '/opsgenie/incidents',
  headersOf: () => ({}),
  samples: [
    told('Create', 'an alert is opened', {}, { becomes: [failed] }),
    told(
      'Create',
      'one is opened whose entity says what fails',
      { id: 'a-2', tags: [], entity: 'acme/opsgenie' },
      {
        becomes: [failed],
      },
    ),
    told(
      'Create',
      'one is opened that says nothing of a pipeline',
      { id: 'a-3', tags: ['eu'] },
      {
        ignored: 'no_pipeline',
      },
    ),
    told('Acknowledge', 'somebody is on it', { updated: '09:05' }, { ignored: 'action_not_used' }),
    told('Close', 'it is closed', { updated: '09:30' }, { becomes: [failed, restored] }),
    told('Delete', 'it is deleted', { updated: '09:40' }, { becomes: [failed, restored] }),
  ],
  unknown: told('Levitate', 'something new', {}, { ignored: 'action_not_used' }),
  story: {
    told: [
      told(
        'Close',
        'an incident is over, whose opening was lost',
        { ...story, updated: '09:20' },
        {
          becomes: [failed, restored],
        },
      ),
    ],
    query: 'pipeline=acme/opsgenie-story&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 1200 } },
  },
};
