import { at } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

const failed = 'incident_status_change failure';
const restored = 'incident_status_change success';

function told(
  alert_transition: string,
  says: string,
  { cycle = '70001', time = '09:00', tags = 'monitor, service:acme/datadog, env:prod' },
  expected: Pick<Sample, 'becomes' | 'ignored'>,
): Sample {
  const body = {
    alert_cycle_key: cycle,
    alert_transition,
    date: String(Date.parse(at(time))),
    tags,
    link: `https://app.datadoghq.eu/monitors/4711?event_id=${cycle}`,
  };
  return { event: alert_transition, says, body, ...expected };
}

const story = { cycle: '70009', tags: 'pipeline:acme/datadog-story' };

export const samples: SourceSamples = {
  source: 'datadog',
  path: '/datadog/alerts',
  headersOf: () => ({}),
  samples: [
    told('Triggered', 'a monitor alerts', {}, { becomes: [failed] }),
    told('Re-Triggered', 'it still does', { time: '09:10' }, { becomes: [failed] }),
    told('Recovered', 'it is well again', { time: '09:30' }, { becomes: [restored] }),
    told('Warn', 'it warns', { cycle: '70002' }, { ignored: 'transition_not_used' }),
    told('No Data', 'it has no data', { cycle: '70003' }, { ignored: 'transition_not_used' }),
    told('Triggered', 'one without tags alerts', { cycle: '70004', tags: '' }, { ignored: 'no_pipeline' }),
  ],
  unknown: told('Levitated', 'something new', {}, { ignored: 'transition_not_used' }),
  story: {
    told: [
      told('Triggered', 'a monitor alerts', { ...story, time: '10:00' }, { becomes: [failed] }),
      told('Re-Triggered', 'and again', { ...story, time: '10:15' }, { becomes: [failed] }),
      told('Recovered', 'and is well again', { ...story, time: '10:45' }, { becomes: [restored] }),
    ],
    query: 'pipeline=acme/datadog-story&from=2026-03-01&to=2026-03-04',
    summary: { time_to_restore: { count: 1, open: 0, median: 2700 } },
  },
};
