import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { readDeployment } from './deployment.reader.js';
import { readIssue } from './issue.reader.js';
import { readMergeRequest } from './merge-request.reader.js';
import { readPipeline } from './pipeline.reader.js';
import { readPush } from './push.reader.js';
import { readRelease } from './release.reader.js';

const READERS: ReadonlyMap<string, (payload: Payload, scope: Scope) => Reading> = new Map([
  ['push', readPush],
  ['tag_push', () => ({ ignored: 'tag' })],
  ['merge_request', readMergeRequest],
  ['deployment', readDeployment],
  ['pipeline', readPipeline],
  ['release', readRelease],
  ['issue', readIssue],
  ['work_item', readIssue],
]);

/**
 * Reads a delivery of GitLab by what the body says that it is: the header says `System Hook` of all that a webhook of
 * the whole instance sends.
 */
export function readGitlab(payload: Payload, scope: Scope): Reading {
  const read = READERS.get(payload.at('object_kind').optionalText() ?? '');
  return read === undefined ? { ignored: 'event_not_used' } : read(payload, scope);
}
