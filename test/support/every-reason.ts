import { approve, at, commit, deploy, opened, resolved, submit } from './telling.js';

const landed = (time: string, id: string, more = {}) =>
  commit(time, id, { landed_at: at(time), landed_head: id, ...more });

/** Something for every reason there is. */
export const EVERY_REASON = [
  commit('02-01 00:00', 'ancient'),
  commit('02-01 00:00', 'base', { parents: ['ancient'] }),
  deploy('03-01 00:00', 'base'),
  commit('03-02 08:00', 'a'),
  submit('03-02 09:00', 'a'),
  approve('03-02 09:30', 'a'),
  deploy('03-02 10:00', 'a'),
  commit('03-03 08:00', 'unreviewed'),
  deploy('03-03 10:00', 'unreviewed', { status: 'failure' }),
  deploy('03-03 11:00', 'unreviewed', { deployment_id: 'retry' }),
  submit('03-04 08:00', 'head', { pull_request_id: 7 }),
  approve('03-04 09:00', 'merged', { pull_request_id: 7 }),
  deploy('03-04 10:00', 'merged', { commits: ['unknown', 'bump', 'from the future'], rework: true }),
  commit('03-04 08:00', 'bump', { author: 'renovate' }),
  commit('03-05 00:00', 'from the future'),
  deploy('03-05 10:00', 'a', { deployment_id: 'staged', environment: 'staging' }),
  deploy('03-06 10:00', 'a', { deployment_id: 'stopped', status: 'canceled' }),
  deploy('03-07 10:00', 'a', { deployment_id: 'running', status: 'in_progress' }),
  opened('03-03 11:30', 'caused'),
  resolved('03-03 12:00', 'caused'),
  opened('03-10 00:00', 'uncaused'),
  resolved('03-10 01:00', 'uncaused'),
  opened('03-11 00:00', 'open'),
  opened('02-10 00:00', 'old'),
  resolved('02-10 01:00', 'old'),
  opened('03-12 00:00', 'there', { environment: 'qa' }),
  deploy('03-20 10:00', 'broken', { status: 'failure' }),
  landed('03-21 00:00', 'waiting'),
  landed('03-21 00:00', 'bumped', { author: 'dependabot' }),
  landed('02-20 00:00', 'abandoned'),
  landed('04-02 00:00', 'coming'),
  commit('03-22 00:00', 'on a branch'),
  landed('03-22 00:00', 'elsewhere', { outside: true }),
];
