import { anEvent, minute } from './lists.js';
import type { ModelEvent } from './model/event.js';

export const at = minute;
export const commit = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `commit-${id}`, type: 'commit', commit_id: id, timestamp: at(minutes), ...told });
const submit = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `submit-${id}`, type: 'submit', commit_id: id, timestamp: at(minutes), ...told });
const approve = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `approve-${id}`, type: 'approve', commit_id: id, timestamp: at(minutes), ...told });
export const deploy = (id: string, commit_id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `${id}-${told.status ?? 'success'}`, deployment_id: id, commit_id, timestamp: at(minutes), ...told });
const incident = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({
    id: `${id}-${told.status ?? 'failure'}`,
    type: 'incident_status_change',
    incident_id: id,
    timestamp: at(minutes),
    ...told,
  });

/** One of each thing that can become of a commit, a deployment and an incident. */
export const STORY: ModelEvent[] = [
  commit('old', 0),
  commit('base', 10, { parents: ['old'] }),
  deploy('d1', 'base', 20),
  // A pull request merged as another commit, by way of staging.
  commit('head', 30, { url: 'https://example.com/head', author: 'ada' }),
  submit('head', 40, { pull_request_id: 7 }),
  anEvent({ id: 'review', type: 'review', pull_request_id: 7, review_id: '80', status: 'success', timestamp: at(50) }),
  approve('merged', 60, { pull_request_id: 7, parents: ['base'] }),
  deploy('s1', 'merged', 65, { environment: 'staging' }),
  deploy('d2', 'merged', 70, { status: 'in_progress', url: 'https://ci.example.com/d2' }),
  deploy('d2', 'merged', 80, { url: 'https://ci.example.com/d2' }),
  incident('i1', 90, { deployment_id: 'd2', url: 'https://status.example.com/i1' }),
  incident('i1', 100, { status: 'success' }),
  // Back to the older code, by a bot's commit beside it that nobody reviewed.
  deploy('d3', 'base', 110),
  commit('bumped', 120, { author: 'renovate[bot]' }),
  deploy('d4', 'bumped', 130, { rework: true, commits: ['unheard-of', 'late'] }),
  commit('late', 140),
  deploy('d5', 'bumped', 150, { status: 'canceled' }),
  deploy('d6', 'bumped', 160, { status: 'failure' }),
  deploy('d7', 'bumped', 170, { status: 'in_progress' }),
  incident('i2', 3000, { environment: 'staging' }),
  commit('waiting', 180, { landed_at: at(181), landed_head: 'waiting' }),
  commit('elsewhere', 182, { landed_at: at(183), outside: true, reverts: ['head'] }),
  submit('asked', 190),
  approve('agreed', 200),
];
