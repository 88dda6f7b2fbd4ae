import { AWKWARD, DEMO_END } from './demo-data.js';
import type { Choice, Chosen } from './grafana.js';

/** What someone chooses in a dashboard, and how the same is asked of the API. */
export interface Asking {
  choice: Choice;
  query: URLSearchParams;
}

const ALL: Chosen = { all: 'NULL' };
const PRODUCTION: Chosen = ['production environments'];
const FROM = new Date('2026-02-10T05:30:00Z');

const asking = (pipeline: Chosen, environment: Chosen, zone: string, same: [string, string][]): Asking => ({
  choice: {
    from: FROM,
    to: DEMO_END,
    time_zone: zone,
    interval_ms: 3_600_000,
    variables: { pipeline, environment, bucket: 'week', benchmark: 'dora-2023', metric: 'lead_time' },
  },
  query: new URLSearchParams([
    ['from', FROM.toISOString()],
    ['to', DEMO_END.toISOString()],
    ['time_zone', zone === 'utc' || zone === 'browser' ? 'UTC' : zone],
    ...same,
  ]),
});

/** `environments`: every one there is, which "All" stands for. */
export const choicesOf = (environments: readonly string[], pipelines: readonly string[]): Record<string, Asking> => {
  const [first = '', second = ''] = pipelines;
  const all = environments.map((name): [string, string] => ['environment', name]);
  return {
    'all pipelines in production': asking(ALL, PRODUCTION, 'utc', []),
    'all pipelines everywhere': asking(ALL, ALL, 'Europe/Paris', all),
    'one pipeline with an awkward name': asking([AWKWARD], PRODUCTION, 'browser', [['pipeline', AWKWARD]]),
    'two pipelines in production and beyond': asking(
      [first, second],
      ['production environments', 'staging'],
      'America/New_York',
      [
        ['pipeline', first],
        ['pipeline', second],
        ...all.filter(([, name]) => /^(prod|production|live|staging)$/i.test(name)),
      ],
    ),
  };
};
