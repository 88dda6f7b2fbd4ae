import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { type CloudEventContent, cloudEventsIn } from '../cloudevents/cloud-events.js';
import { readEach } from '../cloudevents/read-each.js';
import { deployEvents, type RunState } from '../deploy-events.js';
import { MalformedPayload, type Payload } from '../payload.js';
import type { Delivery, Reading } from '../webhook-source.js';
import { PipelineRun } from './pipeline-run.js';

const STATUSES: ReadonlyMap<string, EventStatus> = new Map([
  ['started', 'in_progress'],
  ['running', 'in_progress'],
  ['successful', 'success'],
  ['failed', 'failure'],
]);

/** Reads CloudEvents of Tekton's. */
export function readTekton(delivery: Pick<Delivery, 'payload' | 'headers'>, scope: Scope) {
  const events = cloudEventsIn(delivery);
  if (events.length === 0) throw new MalformedPayload('', 'must be a CloudEvent');
  return readEach(events, (event) => readEvent(event, scope));
}

function readEvent({ type, data }: CloudEventContent, scope: Scope): Reading {
  const state = /^dev\.tekton\.event\.pipelinerun\.(\w+)\.v\d+$/.exec(type)?.[1];
  const status = STATUSES.get(state ?? '');
  return status === undefined ? { ignored: 'event_not_used' } : readRun(data, status, scope);
}

/** A run is a deployment where it says where to, or a rule does. */
function readRun(data: Payload, status: EventStatus, scope: Scope): Reading {
  const run = new PipelineRun(data.at('pipelineRun'));
  const { name, repository, branch, commit: commit_id } = run;
  const pipeline_id = run.told('pipeline') ?? repository ?? name;
  const environment = run.told('environment');
  const told = { source: 'tekton', event: 'pipelinerun', repository: pipeline_id, name, branch };
  const destination = environment === undefined ? scope.deploysTo(told) : { environment };
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  if (commit_id === undefined) return { ignored: 'no_commit' };
  const deployment = {
    pipeline_id,
    ...destination,
    commit_id,
    deployment_id: run.uid.text(),
    ...scope.reworkOf(branch),
  };
  return { events: deployEvents(deployment, stateOf(run, status)) };
}

/** A run that was canceled is told as failed. */
function stateOf({ status: told, reason }: PipelineRun, status: EventStatus): RunState {
  if (status === 'in_progress') return { status, at: told.at('startTime').time() };
  return {
    status: status === 'failure' && /cancel/i.test(reason ?? '') ? 'canceled' : status,
    at: told.at('completionTime').time(),
    started_at: told.at('startTime').optionalText(),
  };
}
