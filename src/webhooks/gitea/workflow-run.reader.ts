import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { CONCLUSIONS, deploymentBy } from './run.js';

/** A run of Gitea's Actions deploys where a rule says so of its workflow. */
export function readWorkflowRun(payload: Payload, scope: Scope): Reading {
  if (payload.at('action').text() !== 'completed') return { ignored: 'action_not_used' };
  const run = payload.at('workflow_run');
  const status = CONCLUSIONS.get(run.at('conclusion').optionalText() ?? '');
  if (status === undefined) return { ignored: 'state_not_used' };
  const told = {
    of: payload,
    run,
    workflow: payload.at('workflow', 'name').optionalText() ?? payload.at('workflow', 'id').text(),
    branch: run.at('head_branch').optionalText(),
    commit_id: run.at('head_sha').text(),
  };
  const times = { at: run.at('completed_at').time(), started_at: run.at('started_at').optionalTime() };
  return deploymentBy(told, { status, ...times }, scope) ?? { ignored: 'not_a_deployment' };
}
