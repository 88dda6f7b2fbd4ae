import { createHmac } from 'node:crypto';
import { anIncidentEvent } from '../support/rootly-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

type Body = ReturnType<typeof anIncidentEvent>;

function told(says: string, body: Body, expected: Pick<Sample, 'becomes' | 'ignored'>): Sample {
  return { event: body.event.type, says, body, ...expected };
}

const broke = 'incident_status_change failure';
const restored = 'incident_status_change success';
const mitigated = { status: 'mitigated', mitigated: '13:30' };
const resolved = { status: 'resolved', mitigated: '13:30', resolved: '14:00' };
const story = { services: ['Rootly story'] };

export const samples: SourceSamples = {
  source: 'rootly',
  path: '/rootly/incidents',
  secret: { variable: 'DEVOPSTIC_ROOTLY_WEBHOOK_SECRET', value: 'the signing secret of this test' },
  headersOf(raw) {
    const hmac = createHmac('sha256', this.secret?.value ?? '').update(`1772442000${raw}`);
    return { 'x-rootly-signature': `t=1772442000,v1=${hmac.digest('hex')}` };
  },
  samples: [
    told('an incident is opened', anIncidentEvent('incident.created'), { becomes: [broke] }),
    told('one in triage', anIncidentEvent('incident.created', { status: 'in_triage' }), { ignored: 'triage' }),
    told('an exercise', anIncidentEvent('incident.created', { kind: 'test' }), { ignored: 'kind_not_used' }),
    told('of no service', anIncidentEvent('incident.created', { services: [] }), { ignored: 'no_service' }),
    told('it is edited', anIncidentEvent('incident.updated', { issued: '13:10' }), { becomes: [broke] }),
    told('it is mitigated', anIncidentEvent('incident.mitigated', mitigated), { becomes: [broke, restored] }),
    told('it is resolved', anIncidentEvent('incident.resolved', resolved), { becomes: [broke, restored, restored] }),
    told('it was none', anIncidentEvent('incident.cancelled', { status: 'cancelled', cancelled: '13:20' }), {
      becomes: [restored],
    }),
    told('a maintenance', anIncidentEvent('incident.scheduled.created'), { ignored: 'event_not_used' }),
  ],
  unknown: told('something new', anIncidentEvent('moon.landed'), { ignored: 'event_not_used' }),
  story: {
    told: [
      told('it is opened', anIncidentEvent('incident.created', story), { becomes: [broke] }),
      told('it is mitigated', anIncidentEvent('incident.mitigated', { ...story, ...mitigated }), {
        becomes: [broke, restored],
      }),
      told('it is resolved', anIncidentEvent('incident.resolved', { ...story, ...resolved }), {
        becomes: [broke, restored, restored],
      }),
    ],
    query: 'pipeline=Rootly%20story&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 1800 } },
  },
};
