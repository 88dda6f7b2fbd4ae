import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { timeOf } from './gitlab-time.js';
import { pipelineOf } from './project.js';

const FINISHED: ReadonlyMap<string, EventStatus> = new Map([
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'canceled'],
]);

const UNFINISHED: ReadonlySet<string> = new Set([
  'created',
  'waiting_for_resource',
  'preparing',
  'waiting_for_callback',
  'pending',
  'running',
  'manual',
  'scheduled',
  'canceling',
]);

/** A pipeline deploys where a rule says so: of its name if it has one (`workflow:name`), else of its branch or tag. */
export function readPipeline(payload: Payload, scope: Scope): Reading {
  const run = payload.at('object_attributes');
  const repository = pipelineOf(payload);
  const ref = run.at('ref').text();
  const branch = run.at('tag').flag() ? undefined : ref;
  const name = run.at('name').optionalText() ?? ref;
  const destination = scope.deploysTo({ source: 'gitlab', event: 'pipeline', repository, name, branch });
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  const times = timesOf(run);
  if (times.length === 0) return { ignored: 'state_not_used' };
  const event = {
    type: 'deploy' as const,
    pipeline_id: repository,
    ...destination,
    commit_id: run.at('sha').text(),
    deployment_id: `pipeline-${run.at('id').integer()}`,
    ...scope.reworkOf(branch),
    url: run.at('url').optionalText(),
  };
  return { events: times.map((time) => ({ ...event, ...time })) };
}

/** It began when it was created, and that is told again with how it ended. */
function timesOf(run: Payload) {
  const state = run.at('status').text();
  const status = FINISHED.get(state);
  if (status === undefined && !UNFINISHED.has(state)) return [];
  const start = { status: 'in_progress' as const, timestamp: timeOf(run.at('created_at')) };
  if (status === undefined) return [start];
  return [start, { status, timestamp: timeOf(run.at('finished_at'), run.at('created_at')) }];
}
