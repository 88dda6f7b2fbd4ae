import type { Scope } from '../../scope/scope.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { readBuild } from './build.reader.js';
import { readPullRequest } from './pull-request.reader.js';
import { readPush } from './push.reader.js';
import { readReleaseDeployment } from './release-deployment.reader.js';
import { readRun, readStage } from './state-change.reader.js';

const READERS: ReadonlyMap<string, (payload: Payload, scope: Scope) => Reading> = new Map([
  ['git.push', readPush],
  ['git.pullrequest.created', readPullRequest],
  ['git.pullrequest.updated', readPullRequest],
  ['git.pullrequest.merged', readPullRequest],
  ['ms.vss-release.deployment-started-event', readReleaseDeployment],
  ['ms.vss-release.deployment-completed-event', readReleaseDeployment],
  ['ms.azure-devops-release.deployment-started-event', readReleaseDeployment],
  ['ms.azure-devops-release.deployment-completed-event', readReleaseDeployment],
  ['build.complete', readBuild],
  ['ms.vss-pipelines.run-state-changed-event', readRun],
  ['ms.vss-pipelines.stage-state-changed-event', readStage],
]);

export function readAzureDevops(payload: Payload, scope: Scope): Reading {
  const read = READERS.get(payload.at('eventType').text());
  return read === undefined ? { ignored: 'event_not_used' } : read(payload, scope);
}
