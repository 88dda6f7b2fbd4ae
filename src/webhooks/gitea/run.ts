import type { EventStatus } from '../../events/event.js';
import type { Scope } from '../../scope/scope.js';
import { deployEvents, type RunState } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import { pipelineOf } from './repository.js';

/** How a run of Actions ended, in the words of both. */
export const CONCLUSIONS: ReadonlyMap<string, EventStatus> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['cancelled', 'canceled'],
]);

export interface Run {
  /** What names its repository. */
  of: Payload;
  run: Payload;
  workflow: string;
  branch: string | undefined;
  commit_id: string;
}

/** What a run deployed; undefined if no rule says that it deploys. */
export function deploymentBy({ of, run, workflow, branch, commit_id }: Run, state: RunState, scope: Scope) {
  const repository = pipelineOf(of);
  const told = { source: 'gitea', event: 'workflow_run', repository, name: workflow, branch };
  const destination = scope.deploysTo(told);
  if (destination === undefined) return undefined;
  const deployment = {
    pipeline_id: repository,
    ...destination,
    commit_id,
    deployment_id: `run-${run.at('id').integer()}`,
    ...scope.reworkOf(branch),
    url: run.at('html_url').optionalText(),
  };
  return { events: deployEvents(deployment, state) };
}
