import { METRIC_NAMES, METRICS } from '../../src/dashboard/page/figures/metrics.js';
import { SUMMARY_EXAMPLE as EXAMPLE } from '../../src/metrics/examples.js';

type Metrics = Parameters<(typeof METRICS)['lead_time']['value']>[0];

const SUMMARY = EXAMPLE as Metrics;

it('the page shows DORA’s judged metrics first, each with its value and what it is made of', () => {
  const told = METRIC_NAMES.map((name) => {
    const { title, value, unit, facts, judged, judgedBy } = METRICS[name];
    const level = judged(SUMMARY)?.level ?? null;
    return [
      title,
      value(SUMMARY),
      unit,
      level,
      judgedBy,
      facts(SUMMARY)
        .map((fact) => fact.join(' '))
        .join(', '),
    ];
  });
  expect(told).toEqual([
    ['Deployment frequency', '1.29', 'per day', 'elite', null, 'successful 40, days with one 20'],
    [
      'Lead time for changes',
      '22 h',
      null,
      'high',
      'from commit',
      'changes 55, review 11 h, deployment 10 h, from commit 1 d 9 h, p90 2 d 4 h',
    ],
    ['Change failure rate', '7.1 %', null, 'high', null, 'failed 3 of 42, by status 2, by incident 1, by rollback 0'],
    ['Failed deployment recovery time', '48 min', null, null, null, 'recovered 2, not yet 1, p90 1 h 10 min'],
    ['Time to restore', '45 min', null, null, null, 'resolved 3, open 1, p90 1 h 21 min'],
    ['Rework rate', '4.8 %', null, null, null, 'rework 2 of 42'],
    ['Work waiting', '4', null, null, null, 'oldest 1 d, median 1 h'],
  ]);
});

it('of no deployments there is no frequency, and an estimate is told to be one', () => {
  const { deployment_frequency, time_to_restore } = SUMMARY;
  const none = { ...SUMMARY, deployment_frequency: { ...deployment_frequency, deployments: 0, per_day: 0 } };
  expect(METRICS.deployment_frequency.value(none)).toBeNull();
  const estimated = { ...SUMMARY, time_to_restore: { ...time_to_restore, approximate: true } };
  expect(METRICS.time_to_restore.value(estimated)).toBe('≈ 45 min');
  const unknown = { ...SUMMARY, time_to_restore: { ...time_to_restore, median: null } };
  expect(METRICS.time_to_restore.value(unknown)).toBeNull();
});

it('a trend is drawn of the value, and of a rate a day of what it counts', () => {
  expect(METRIC_NAMES.map((name) => METRICS[name].trend(SUMMARY))).toEqual([
    40, 79_200, 0.07142857142857142, 2850, 2700, 0.047619047619047616, 4,
  ]);
});
