import { createHash } from 'node:crypto';
import { anIncident, incidentEvent, statusEvent } from '../support/incidentio-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';
import { signedBy } from '../support/standard-webhook.js';

function told(says: string, body: { event_type: string }, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  return { event: body.event_type, says, body, ...expected };
}

const broke = 'incident_status_change failure';
const restored = 'incident_status_change success';
const closed = anIncident({ category: 'closed', updated: '13:30' });
const story = { fields: { Service: ['Story'] } };

export const samples: SourceSamples = {
  source: 'incidentio',
  path: '/incidentio/incidents',
  secret: {
    variable: 'DEVOPSTIC_INCIDENTIO_WEBHOOK_SECRET',
    value: `whsec_${Buffer.from('the signing secret of this test').toString('base64')}`,
  },
  headersOf(raw) {
    return signedBy(this.secret?.value ?? '', raw, createHash('sha256').update(raw).digest('hex'));
  },
  samples: [
    told('an incident is declared', incidentEvent('created'), { becomes: [broke] }),
    told('one in triage', incidentEvent('created', anIncident({ category: 'triage' })), { ignored: 'triage' }),
    told('an exercise', incidentEvent('created', anIncident({ mode: 'test' })), { ignored: 'mode_not_used' }),
    told('of no service', incidentEvent('created', anIncident({ fields: {} })), { ignored: 'no_service' }),
    told('it is edited', incidentEvent('updated', anIncident({ updated: '13:10' })), { becomes: [broke] }),
    told('it is closed', statusEvent('live', closed), { becomes: [broke, restored] }),
    told('it has a new kind of status', incidentEvent('updated', anIncident({ category: 'dreaming' })), {
      ignored: 'state_not_used',
    }),
    told('a private one', Object.assign({ event_type: 'private_incident.incident_created_v2' }, { id: '01F' }), {
      ignored: 'private',
    }),
    told('an alert', { event_type: 'public_alert.alert_created_v1' }, { ignored: 'event_not_used' }),
  ],
  unknown: told('something new', { event_type: 'public_moon.landed_v1' }, { ignored: 'event_not_used' }),
  story: {
    told: [
      told('it is declared', incidentEvent('created', anIncident(story)), { becomes: [broke] }),
      told('it is over', statusEvent('live', anIncident({ ...story, category: 'learning', updated: '13:30' })), {
        becomes: [broke, restored],
      }),
    ],
    query: 'pipeline=Story&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 1800 } },
  },
};
