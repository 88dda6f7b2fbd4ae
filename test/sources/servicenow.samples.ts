import type { Sample, SourceSamples } from '../support/source-samples.js';

interface IncidentOptions {
  number?: string;
  service?: string;
  resolved?: string;
  reopened?: string;
  updated?: string;
}

const broke = 'incident_status_change failure';
const restored = 'incident_status_change success';
const STATES: Readonly<Record<string, string>> = {
  New: '1',
  'In Progress': '2',
  Resolved: '6',
  Closed: '7',
  Canceled: '8',
};

/** As ServiceNow keeps a time: in UTC, without saying so. */
function kept(time: string | undefined): string {
  return time ? `2026-03-02 ${time}:00` : '';
}

/** As the business rule of doc/sources/servicenow.md writes it. */
function told(
  state: string,
  says: string,
  { number = 'INC0010023', service = 'shop', resolved, reopened, updated = '09:00' }: IncidentOptions,
  expected: Pick<Sample, 'becomes' | 'ignored'>,
): Sample {
  const body = {
    number,
    service,
    state: STATES[state] ?? state,
    opened_at: kept('09:00'),
    resolved_at: kept(resolved),
    reopened_at: kept(reopened),
    updated_at: kept(updated),
    url: `https://acme.service-now.com/incident.do?sysparm_query=number=${number}`,
  };
  return { event: state, says, body, ...expected };
}

const story = { number: 'INC0010099', service: 'servicenow-tale' };

export const samples: SourceSamples = {
  source: 'servicenow',
  path: '/hooks/servicenow',
  headersOf: () => ({}),
  samples: [
    told('New', 'an incident is opened', {}, { becomes: [broke] }),
    told('New', 'one of no service', { number: 'INC0010024', service: '' }, { ignored: 'not_wanted' }),
    told('In Progress', 'somebody is on it', { updated: '09:05' }, { becomes: [broke] }),
    told('Resolved', 'it is resolved', { resolved: '09:30', updated: '09:31' }, { becomes: [broke, restored] }),
    told('In Progress', 'it is opened again', { reopened: '09:40', updated: '09:40' }, { becomes: [broke, broke] }),
    told(
      'Closed',
      'it is closed',
      { resolved: '09:50', reopened: '09:40', updated: '09:59' },
      { becomes: [broke, broke, restored] },
    ),
    told('Canceled', 'one was none', { number: 'INC0010025', updated: '09:10' }, { becomes: [broke, restored] }),
  ],
  unknown: told('Levitated', 'something without a service', { service: '' }, { ignored: 'not_wanted' }),
  story: {
    told: [
      told('New', 'it is opened', story, { becomes: [broke] }),
      told('Resolved', 'it is resolved', { ...story, resolved: '09:20' }, { becomes: [broke, restored] }),
      told('In Progress', 'it is opened again', { ...story, reopened: '09:25' }, { becomes: [broke, broke] }),
      told(
        'Resolved',
        'it is resolved',
        { ...story, reopened: '09:25', resolved: '09:40' },
        { becomes: [broke, broke, restored] },
      ),
    ],
    query: 'pipeline=servicenow-tale&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 2400 } },
  },
};
