import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Delivery, Reading } from '../webhook-source.js';
import { readActionRun } from './action-run.reader.js';
import { readIssue } from './issue.reader.js';
import { readPullRequest } from './pull-request.reader.js';
import { readPush } from './push.reader.js';
import { readRelease } from './release.reader.js';
import { readReview } from './review.reader.js';
import { readWorkflowRun } from './workflow-run.reader.js';

const READERS: ReadonlyMap<string, (payload: Payload, scope: Scope) => Reading> = new Map([
  ['push', readPush],
  ['pull_request', readPullRequest],
  ['pull_request_approved', (payload) => readReview(payload, 'success')],
  ['pull_request_rejected', (payload) => readReview(payload, 'failure')],
  ['pull_request_comment', (payload) => readReview(payload, 'in_progress')],
  ['issues', readIssue],
  ['release', readRelease],
  // Gitea's Actions
  ['workflow_run', readWorkflowRun],
  // Forgejo's: a run that succeeds after one that failed is told as recovered too.
  ['action_run_success', readActionRun],
  ['action_run_failure', readActionRun],
  ['action_run_recover', readActionRun],
]);

export function readGitea({ event_name, payload }: Pick<Delivery, 'event_name' | 'payload'>, scope: Scope): Reading {
  const read = READERS.get(event_name);
  return read === undefined ? { ignored: 'event_not_used' } : read(payload, scope);
}
