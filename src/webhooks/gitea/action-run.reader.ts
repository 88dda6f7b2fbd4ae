import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { CONCLUSIONS, deploymentBy } from './run.js';

/** A run of Forgejo's Actions deploys where a rule says so of its workflow, which goes by the name of its file. */
export function readActionRun(payload: Payload, scope: Scope): Reading {
  const run = payload.at('run');
  // A canceled run is told as one that failed.
  const status = CONCLUSIONS.get(run.at('status').text());
  if (status === undefined) return { ignored: 'state_not_used' };
  const told = {
    of: run,
    run,
    workflow: run.at('workflow_id').text(),
    branch: run.at('prettyref').optionalText(),
    commit_id: run.at('commit_sha').text(),
  };
  const times = { at: run.at('stopped').time(), started_at: run.at('started').optionalTime() };
  return deploymentBy(told, { status, ...times }, scope) ?? { ignored: 'not_a_deployment' };
}
