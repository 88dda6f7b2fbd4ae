import type { Scope } from '../../scope/scope.js';
import type { Delivery, Reading } from '../webhook-source.js';
import { readCommitStatus } from './commit-status.reader.js';
import { readFulfilment, readSubmission, readUpdate } from './cloud-pull-request.reader.js';
import { readPush } from './cloud-push.reader.js';
import { readRemoval, readVerdict } from './cloud-review.reader.js';
import { readChange, readMerge, readOpening, readReview } from './data-center-pull-request.reader.js';
import { readRefsChanged } from './data-center-push.reader.js';

type Reader = (delivery: Delivery, scope: Scope) => Reading;

const CLOUD: readonly [string, Reader][] = [
  ['repo:push', readPush],
  ['pullrequest:created', ({ payload }) => readSubmission(payload, 'created_on')],
  ['pullrequest:updated', ({ payload }) => readUpdate(payload)],
  ['pullrequest:approved', (delivery) => readVerdict(delivery, 'success')],
  ['pullrequest:unapproved', readRemoval],
  ['pullrequest:changes_request_created', (delivery) => readVerdict(delivery, 'failure')],
  ['pullrequest:changes_request_removed', readRemoval],
  ['pullrequest:fulfilled', ({ payload }, scope) => readFulfilment(payload, scope)],
  ['pullrequest:rejected', () => ({ ignored: 'closed_unmerged' })],
  ['repo:commit_status_created', ({ payload }, scope) => readCommitStatus(payload, scope)],
  ['repo:commit_status_updated', ({ payload }, scope) => readCommitStatus(payload, scope)],
];

const DATA_CENTER: readonly [string, Reader][] = [
  ['diagnostics:ping', () => ({ ignored: 'ping' })],
  ['repo:refs_changed', ({ payload }, scope) => readRefsChanged(payload, scope)],
  ['pr:opened', ({ payload }) => readOpening(payload, 'createdDate')],
  ['pr:modified', ({ payload }) => readChange(payload)],
  ['pr:from_ref_updated', ({ payload }) => readChange(payload)],
  ['pr:reviewer:approved', ({ payload }) => readReview(payload, 'success')],
  ['pr:reviewer:unapproved', ({ payload }) => readReview(payload, 'canceled')],
  ['pr:reviewer:needs_work', ({ payload }) => readReview(payload, 'failure')],
  ['pr:merged', ({ payload }, scope) => readMerge(payload, scope)],
  ['pr:declined', () => ({ ignored: 'closed_unmerged' })],
  ['pr:deleted', () => ({ ignored: 'closed_unmerged' })],
];

const READERS: ReadonlyMap<string, Reader> = new Map([...CLOUD, ...DATA_CENTER]);

export function readBitbucket(delivery: Delivery, scope: Scope): Reading {
  const read = READERS.get(delivery.event_name);
  return read === undefined ? { ignored: 'event_not_used' } : read(delivery, scope);
}
