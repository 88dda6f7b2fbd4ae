import type { ModelEvent } from './model/event.js';
import { approve, at, commit, deploy, opened, resolved, submit } from './telling.js';

/** The worked example of metrics.md, one line an event. */
export function workedExample(pipeline_id = 'shop'): ModelEvent[] {
  return [
    commit('03-02 08:00', 'c1'),
    submit('03-02 09:00', 'c1'),
    approve('03-02 10:00', 'c1'),
    deploy('03-02 10:30', 'c1'),
    commit('03-02 11:00', 'c2', { parents: ['c1'] }),
    submit('03-02 11:10', 'c2'),
    approve('03-02 11:40', 'c2'),
    commit('03-02 11:50', 'c3', { parents: ['c2'] }),
    submit('03-02 12:00', 'c3'),
    approve('03-02 12:30', 'c3'),
    deploy('03-02 13:00', 'c3', { status: 'failure' }),
    deploy('03-02 13:20', 'c3'),
    opened('03-02 13:50', 'i1'),
    resolved('03-02 14:35', 'i1'),
  ].map((event, index) => {
    // Each deploy event is a deployment of its own.
    const { deployment_id: _deployment, ...told } = event;
    return { ...told, id: `e${String(index + 1).padStart(2, '0')}`, pipeline_id };
  });
}

/** What metrics.md says that `GET /dora/summary` gives for it, work waiting added. */
export const WORKED_SUMMARY = {
  deployment_frequency: {
    deployments: 3,
    successful: 2,
    failed: 2,
    per_day: 2,
    days_with_deployment: 1,
  },
  lead_time: {
    count: 3,
    total: { count: 3, mean: 6000, median: 5400, p90: 7320 },
    review: { count: 3, mean: 2400, median: 1800, p90: 3240 },
    deployment: { count: 3, mean: 3600, median: 3000, p90: 5400 },
    commit_to_deploy: { count: 3, mean: 7600, median: 8400, p90: 8880 },
  },
  time_to_restore: { count: 1, open: 0, mean: 2700, median: 2700, p90: 2700 },
  change_failure_rate: {
    deployments: 3,
    failed: 2,
    rate: 2 / 3,
    failed_by: { status: 1, incident: 1, rollback: 0 },
  },
  failed_deployment_recovery_time: {
    count: 2,
    unrecovered: 0,
    mean: 2850,
    median: 2850,
    p90: 4170,
  },
  rework_rate: { deployments: 3, rework: 0, rate: 0 },
  work_waiting: { count: 0, oldest: null, median: null },
};

/** Which deployment carries each change, and the seconds it took. */
export const WORKED_CHANGES = [
  {
    commit_id: 'c1',
    finished_at: at('03-02 10:30'),
    total: 5400,
    review: 3600,
    deployment: 1800,
    commit_to_deploy: 9000,
  },
  {
    commit_id: 'c2',
    finished_at: at('03-02 13:20'),
    total: 7800,
    review: 1800,
    deployment: 6000,
    commit_to_deploy: 8400,
  },
  {
    commit_id: 'c3',
    finished_at: at('03-02 13:20'),
    total: 4800,
    review: 1800,
    deployment: 3000,
    commit_to_deploy: 5400,
  },
];
