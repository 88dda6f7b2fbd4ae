import type { Scope } from '../../scope/scope.js';
import { isCommitSha } from '../commit-sha.js';
import { deployEvents } from '../deploy-events.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { branchOf } from './repository.js';
import { RESULTS } from './results.js';

/** A deployment of a classic release, to the environment that it names. */
export function readReleaseDeployment(payload: Payload, scope: Scope): Reading {
  const resource = payload.at('resource');
  const artifact = artifactOf(resource);
  if (artifact === undefined) return { ignored: 'no_commit' };
  const environment = environmentOf(resource);
  const started = payload.at('eventType').text().endsWith('deployment-started-event');
  const result = environment.at('status').optionalText() ?? resource.at('deployment', 'status').text();
  const status = started ? 'in_progress' : RESULTS.get(result);
  if (status === undefined) return { ignored: 'state_not_used' };
  const reference = artifact.at('definitionReference');
  const branch = branchOf(reference.at('branch', 'name').optionalText() ?? '');
  const deployment = {
    pipeline_id: pipelineOf(reference, resource),
    environment: environment.at('name').text(),
    commit_id: reference.at('sourceVersion', 'id').text(),
    deployment_id: idOf(resource, environment),
    ...scope.reworkOf(branch),
  };
  const time = started ? 'startedOn' : 'completedOn';
  const at = resource.at('deployment', time).optionalTime() ?? payload.at('createdDate').time();
  const started_at = resource.at('deployment', 'startedOn').optionalTime();
  return { events: deployEvents(deployment, { status, at, started_at }) };
}

function pipelineOf(reference: Payload, resource: Payload): string {
  const project = reference.at('project', 'name').optionalText() ?? resource.at('project', 'name').text();
  const repository = reference.at('repository', 'name').optionalText() ?? reference.at('definition', 'name').text();
  return `${project}/${repository}`;
}

/** Which of the artifacts counts: the primary one, else the first that was built from a commit. */
function artifactOf(resource: Payload): Payload | undefined {
  const of = [resource.at('deployment', 'release'), resource.at('release')];
  const artifacts = of.flatMap((release) => release.at('artifacts').optionalList());
  const built = artifacts.filter((artifact) => {
    const sha = artifact.at('definitionReference', 'sourceVersion', 'id').optionalText();
    return sha !== undefined && isCommitSha(sha);
  });
  return built.find((artifact) => artifact.at('isPrimary').flag()) ?? built[0];
}

/** It is documented in both places. */
function environmentOf(resource: Payload): Payload {
  const within = resource.at('deployment', 'environment');
  return within.at('name').optionalText() === undefined ? resource.at('environment') : within;
}

/** Each attempt has an id of its own. */
function idOf(resource: Payload, environment: Payload): string {
  const id = resource.at('deployment', 'id').optionalInteger();
  return id === undefined ? `environment-${environment.at('id').integer()}` : `deployment-${id}`;
}
