import {
  aBuild,
  anArtifact,
  aReleaseDeployment,
  aRunChange,
  aStageChange,
  ticks,
} from '../../../test/support/azure-devops-payloads.js';
import { sha } from '../../../test/support/github-payloads.js';
import { NO_RULES } from '../../scope/no-rules.js';
import type { DeploymentRule } from '../../scope/scope-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readAzureDevops } from './azure-devops.reader.js';

function read(payload: unknown, scope = UNSCOPED) {
  return readAzureDevops(new Payload(payload), scope);
}

function eventsOf(payload: unknown) {
  const reading = read(payload);
  return 'events' in reading ? reading.events : [];
}

function deploying(rule: Omit<DeploymentRule, 'environment'>): Scope {
  return new Scope({ ...NO_RULES, deployments: [{ ...rule, environment: 'production' }] });
}

describe('a deployment of a release of Azure DevOps', () => {
  const deployment = {
    type: 'deploy',
    pipeline_id: 'Shop/web',
    environment: 'production',
    commit_id: sha('m'),
    deployment_id: 'deployment-500',
  };
  const began = { ...deployment, status: 'in_progress', timestamp: ticks('06:50') };

  it('goes to the environment that it names, and tells when it began', () => {
    expect(read(aReleaseDeployment('started'))).toEqual({ events: [began] });
    expect(read(aReleaseDeployment('completed'))).toEqual({
      events: [began, { ...deployment, status: 'success', timestamp: ticks('12:00') }],
    });
  });

  it.each([
    ['succeeded', 'success'],
    ['partiallySucceeded', 'success'],
    ['rejected', 'failure'],
    ['canceled', 'canceled'],
  ])('%s means %s', (status, expected) => {
    expect(eventsOf(aReleaseDeployment('completed', { status })).at(-1)).toMatchObject({ status: expected });
  });

  it('may be told under its other name, its environment within', () => {
    const told = aReleaseDeployment('completed');
    const { environment, ...resource } = told.resource as Record<string, object>;
    const payload = {
      ...told,
      eventType: 'ms.azure-devops-release.deployment-completed-event',
      resource: { ...resource, deployment: { ...resource['deployment'], environment } },
    };
    expect(read(payload)).toEqual(read(told));
  });

  it('is of the primary artifact, else of the first that was built of a commit', () => {
    const [other, primary] = [anArtifact('x', { isPrimary: false, name: 'other' }), anArtifact('m')];
    const package_only = { ...other, isPrimary: true, definitionReference: { definition: { name: 'Package' } } };
    const of = (...artifacts: object[]) => eventsOf(aReleaseDeployment('started', { artifacts }))[0];
    expect(of(other, primary)).toMatchObject({ pipeline_id: 'Shop/web', commit_id: sha('m') });
    expect(of(package_only, other)).toMatchObject({ pipeline_id: 'Shop/other', commit_id: sha('x') });
    expect(of(package_only)).toBeUndefined();
  });

  it('is rework from a branch that is made for it', () => {
    expect(eventsOf(aReleaseDeployment('started', { branch: 'hotfix/1' }))[0]).toMatchObject({ rework: true });
  });
});

describe('a run of a pipeline of Azure DevOps', () => {
  const url = 'https://dev.azure.com/acme/Shop/_build/results?buildId=479';
  const deployment = { type: 'deploy', environment: 'production', commit_id: sha('m') };

  it('is a deployment where a rule says so of a build, and tells when it began', () => {
    const scope = deploying({ source: 'azure-devops', event: 'build', name: 'web CD', branch: 'main' });
    const event = { ...deployment, pipeline_id: 'Shop/web', deployment_id: 'run-479', url };
    expect(read(aBuild(), scope)).toEqual({
      events: [
        { ...event, status: 'in_progress', timestamp: ticks('11:50') },
        { ...event, status: 'success', timestamp: ticks('12:00') },
      ],
    });
    expect(read(aBuild({ sourceBranch: 'refs/pull/7/merge' }), scope)).toEqual({ ignored: 'not_a_deployment' });
    expect(read(aBuild({ result: 'dreaming' }), scope)).toEqual({ ignored: 'state_not_used' });
  });

  it('names neither commit nor project before resource version 2.0', () => {
    const [sourceVersion, project] = [undefined, undefined];
    expect(read(aBuild({ sourceVersion, project, status: 'succeeded' }), deploying({ event: 'build' }))).toEqual({
      ignored: 'no_commit',
    });
  });

  const listed = [{ type: 'Git', change: { version: sha('m') }, url: 'https://dev.azure.com/a/Web%20Shop/_git/w' }];
  const self = { refName: 'refs/heads/hotfix/1', version: sha('m') };

  it('is a deployment where a rule says so of a stage, if the commit is told', () => {
    const scope = deploying({ event: 'stage', name: '*/Production' });
    const event = { ...deployment, pipeline_id: 'Web Shop/w', deployment_id: 'run-479-Production' };
    const ended = { state: 'completed', result: 'failed' };
    expect(read(aStageChange(ended, {}, listed), scope)).toMatchObject({
      events: [{ ...event, status: 'failure', timestamp: ticks('12:00') }],
    });
    expect(read(aStageChange({ state: 'running' }, { resources: { repositories: { self } } }), scope)).toMatchObject({
      events: [{ pipeline_id: 'Web Shop/web', status: 'in_progress', rework: true }],
    });
    expect(read(aStageChange(ended), scope)).toEqual({ ignored: 'no_commit' });
  });

  it('has the id of its build, where a rule says that it deploys', () => {
    const scope = deploying({ event: 'pipeline', name: 'web CD' });
    const run = { state: 'completed', result: 'canceled', resources: { repositories: { self } } };
    expect(read(aRunChange(run, []), scope)).toMatchObject({
      events: [{ ...deployment, pipeline_id: 'web CD', deployment_id: 'run-479', status: 'canceled', url }],
    });
    expect(read(aRunChange({ state: 'canceling' }, listed), scope)).toEqual({ ignored: 'state_not_used' });
  });
});
