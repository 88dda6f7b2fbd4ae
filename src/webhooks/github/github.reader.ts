import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Delivery, Reading } from '../webhook-source.js';
import { readDeploymentStatus } from './deployment-status.reader.js';
import { readIssue } from './issue.reader.js';
import { readPullRequestReview } from './pull-request-review.reader.js';
import { readPullRequest } from './pull-request.reader.js';
import { readPush } from './push.reader.js';
import { readRelease } from './release.reader.js';
import { pipelineOf, type PipelineNaming } from './repository.js';
import { readWorkflowRun } from './workflow-run.reader.js';

const READERS: ReadonlyMap<string, (payload: Payload, pipeline_id: string, scope: Scope) => Reading> = new Map([
  ['pull_request', readPullRequest],
  ['pull_request_review', readPullRequestReview],
  ['push', readPush],
  ['deployment_status', readDeploymentStatus],
  ['workflow_run', readWorkflowRun],
  ['release', readRelease],
  ['issues', readIssue],
]);

/** Reads a delivery of GitHub as api.md maps it. Every time is the payload's. */
export function readGithub(
  { event_name, payload }: Pick<Delivery, 'event_name' | 'payload'>,
  scope: Scope,
  naming: PipelineNaming,
): Reading {
  if (event_name === 'ping') return { ignored: 'ping' };
  const read = READERS.get(event_name);
  return read === undefined ? { ignored: 'event_not_used' } : read(payload, pipelineOf(payload, naming), scope);
}
