import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { deployEvents, type RunState } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { pipelineOf } from './repository.js';

const CONCLUSIONS: ReadonlyMap<string, EventStatus> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['timed_out', 'failure'],
  ['startup_failure', 'failure'],
  ['cancelled', 'canceled'],
]);

/** A run of Actions deploys where a rule says so of its workflow. Run again it is a further deployment. */
export function readWorkflowRun(payload: Payload, pipeline_id: string, scope: Scope): Reading {
  const run = payload.at('workflow_run');
  const branch = run.at('head_branch').optionalText();
  const repository = pipelineOf(payload, 'full_name');
  const name = run.at('name').optionalText() ?? '';
  const destination = scope.deploysTo({ source: 'github', event: 'workflow_run', repository, name, branch });
  if (destination === undefined) return { ignored: 'not_a_deployment' };
  const state = stateOf(payload.at('action').text(), run);
  if (state === undefined) return { ignored: 'state_not_used' };
  const deployment = {
    pipeline_id,
    ...destination,
    commit_id: run.at('head_sha').text(),
    deployment_id: `run-${run.at('id').integer()}-${run.at('run_attempt').optionalInteger() ?? 1}`,
    ...scope.reworkOf(branch),
    url: run.at('html_url').optionalText(),
  };
  return { events: deployEvents(deployment, state) };
}

function stateOf(action: string, run: Payload): RunState | undefined {
  const started_at = run.at('run_started_at').optionalTime();
  if (action === 'in_progress' && started_at !== undefined) return { status: 'in_progress', at: started_at };
  const status = action === 'completed' ? CONCLUSIONS.get(run.at('conclusion').optionalText() ?? '') : undefined;
  return status === undefined ? undefined : { status, at: run.at('updated_at').time(), started_at };
}
