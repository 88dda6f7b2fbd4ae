import type { Telling } from '../../events/telling.js';
import type { Scope } from '../../scope/scope.js';
import { deployEvents, type RunState } from '../deploy-events.js';

/** A run of a pipeline, or a stage of one. */
export interface Run {
  /** What a rule calls it. */
  event: 'build' | 'pipeline' | 'stage';
  repository: string;
  name: string;
  branch: string | undefined;
  commit_id: string;
  deployment_id: string;
  url: string | undefined;
}

/** What a run deployed; undefined if no rule says that it deploys. */
export function deploymentBy(run: Run, state: RunState, scope: Scope): { events: Telling[] } | undefined {
  const destination = scope.deploysTo({ source: 'azure-devops', ...run });
  if (destination === undefined) return undefined;
  const deployment = {
    pipeline_id: run.repository,
    ...destination,
    commit_id: run.commit_id,
    deployment_id: run.deployment_id,
    ...scope.reworkOf(run.branch),
    url: run.url,
  };
  return { events: deployEvents(deployment, state) };
}
