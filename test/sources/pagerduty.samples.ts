import { createHmac } from 'node:crypto';
import { A_PING, aMessage, anEvent, type IncidentOptions } from '../support/pagerduty-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

const failed = 'incident_status_change failure';
const restored = 'incident_status_change success';

type Expected = Pick<Sample, 'becomes' | 'ignored'>;

function told(type: string, says: string, incident: IncidentOptions, expected: Expected): Sample {
  return { event: type, says, body: anEvent(type, incident), ...expected };
}

/** By version 2. */
function messaged(says: string, messages: ReturnType<typeof aMessage>[], expected: Expected): Sample {
  return { event: messages[0]?.event ?? '', says, body: { messages }, ...expected };
}

const old = { id: 'Q2OLDWAY', service: 'acme/pagerduty' };
const story = { id: 'Q9STORY', service: 'acme/pagerduty-story', created: '10:00' };

export const samples: SourceSamples = {
  source: 'pagerduty',
  path: '/pagerduty/incidents',
  secret: { variable: 'DEVOPSTIC_PAGERDUTY_WEBHOOK_SECRET', value: 'secret-of-the-subscription' },
  headersOf(raw, { body }): Record<string, string> {
    const secret = this.secret?.value ?? '';
    if (typeof body === 'object' && body !== null && 'messages' in body) return { authorization: `Bearer ${secret}` };
    const hmac = createHmac('sha256', secret).update(raw).digest('hex');
    return { 'x-pagerduty-signature': `v1=${'0'.repeat(64)},v1=${hmac}` };
  },
  samples: [
    told('incident.triggered', 'an incident opens', { time: '09:01' }, { becomes: [failed] }),
    told('incident.acknowledged', 'somebody is on it', { time: '09:05' }, { ignored: 'event_not_used' }),
    told('incident.resolved', 'it is over', { time: '09:30' }, { becomes: [failed, restored] }),
    told('incident.reopened', 'it was not', { time: '09:40' }, { becomes: [failed, failed] }),
    { event: 'pagey.ping', says: 'the subscription is tried', body: A_PING, ignored: 'ping' },
    messaged('an incident opens', [aMessage('incident.trigger', old)], { becomes: [failed] }),
    messaged('it is over', [aMessage('incident.resolve', { ...old, time: '09:20' })], { becomes: [failed, restored] }),
    messaged(
      'two things at once',
      [aMessage('incident.trigger', { ...old, id: 'Q3' }), aMessage('incident.acknowledge', { ...old, id: 'Q3' })],
      { becomes: [failed], ignored: 'event_not_used' },
    ),
    messaged('it is assigned', [aMessage('incident.assign', old)], { ignored: 'event_not_used' }),
  ],
  unknown: told('incident.levitated', 'something new', {}, { ignored: 'event_not_used' }),
  story: {
    told: [
      messaged('it opens', [aMessage('incident.trigger', story)], { becomes: [failed] }),
      told('incident.resolved', 'it is over', { ...story, time: '10:20' }, { becomes: [failed, restored] }),
      told('incident.reopened', 'it was not', { ...story, time: '10:30' }, { becomes: [failed, failed] }),
      told('incident.resolved', 'now it is', { ...story, time: '11:00' }, { becomes: [failed, restored] }),
    ],
    query: 'pipeline=acme/pagerduty-story&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 3600 } },
  },
};
