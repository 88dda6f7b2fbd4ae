import { sha } from '../../../test/support/github-payloads.js';
import { aDeployment, aPipeline, aRelease } from '../../../test/support/gitlab-deployments.js';
import { NO_RULES } from '../../scope/no-rules.js';
import type { DeploymentRule } from '../../scope/scope-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readGitlab } from './gitlab.reader.js';

const URL = 'https://gitlab.example.com/acme/web/shop/-';

function read(payload: unknown, scope = UNSCOPED) {
  return readGitlab(new Payload(payload), scope);
}

function deploying(...deployments: DeploymentRule[]): Scope {
  return new Scope({ ...NO_RULES, deployments });
}

describe('a deployment', () => {
  it('is a deploy event of its full commit, at the time of its status', () => {
    expect(read(aDeployment())).toEqual({
      events: [
        {
          type: 'deploy',
          pipeline_id: 'acme/web/shop',
          status: 'success',
          environment: 'production',
          commit_id: sha('m'),
          deployment_id: '15',
          url: `${URL}/jobs/796`,
          timestamp: '2026-03-02 12:00:00+00:00',
        },
      ],
    });
  });

  it.each([
    ['running', 'in_progress'],
    ['created', 'in_progress'],
    ['blocked', 'in_progress'],
    ['success', 'success'],
    ['failed', 'failure'],
    ['canceled', 'canceled'],
  ])('that is %s means %s', (told, status) => {
    expect(read(aDeployment({ status: told }))).toMatchObject({ events: [{ status }] });
  });

  it('tells nothing by who approved it, nor by a status that we do not know', () => {
    for (const status of ['approved', 'rejected', 'skipped', 'constructor']) {
      expect(read(aDeployment({ status }))).toEqual({ ignored: 'state_not_used' });
    }
  });

  it('of a branch for rework is rework', () => {
    expect(read(aDeployment({ ref: 'hotfix/1' }))).toMatchObject({ events: [{ rework: true }] });
    expect(read(aDeployment({ ref: 'main' }))).not.toHaveProperty(['events', 0, 'rework']);
  });

  it('tells nothing without its commit, and is malformed with half of one', () => {
    expect(read({ ...aDeployment(), commit_url: null })).toEqual({ ignored: 'no_commit' });
    expect(() => read({ ...aDeployment(), commit_url: `${URL}/commit/279484c0` })).toThrow('/commit_url must end in');
  });
});

describe('a pipeline', () => {
  const rule = { event: 'pipeline', repository: 'acme/**', branch: 'main', environment: 'live' };

  it('deploys only where a rule says so', () => {
    expect(read(aPipeline())).toEqual({ ignored: 'not_a_deployment' });
    const elsewhere = { ref: 'feature' };
    expect(read(aPipeline(elsewhere), deploying(rule))).toEqual({ ignored: 'not_a_deployment' });
    const of_tag = { ref: 'main', tag: true };
    expect(read(aPipeline(of_tag), deploying(rule))).toEqual({ ignored: 'not_a_deployment' });
  });

  it('tells when it began and how it ended, as one deployment', () => {
    const deployment = {
      type: 'deploy',
      pipeline_id: 'acme/web/shop',
      environment: 'live',
      commit_id: sha('m'),
      deployment_id: 'pipeline-31',
      url: `${URL}/pipelines/31`,
    };
    const started = { ...deployment, status: 'in_progress', timestamp: '2026-03-02 11:50:00Z' };
    const ended = { ...deployment, status: 'success', timestamp: '2026-03-02 12:00:00Z' };
    expect(read(aPipeline(), deploying(rule))).toEqual({ events: [started, ended] });
    const running = aPipeline({ status: 'running', finished_at: null });
    expect(read(running, deploying(rule))).toEqual({ events: [started] });
  });

  it.each([
    ['success', ['in_progress', 'success']],
    ['failed', ['in_progress', 'failure']],
    ['canceled', ['in_progress', 'canceled']],
    ['pending', ['in_progress']],
    ['manual', ['in_progress']],
  ])('that is %s means %s', (status, expected) => {
    const reading = read(aPipeline({ status }), deploying(rule));
    expect('events' in reading ? reading.events.map((event) => event.status) : []).toEqual(expected);
  });

  it('that was skipped tells nothing', () => {
    expect(read(aPipeline({ status: 'skipped' }), deploying(rule))).toEqual({ ignored: 'state_not_used' });
  });

  it('is known to rules by its name, or without one by its branch or tag', () => {
    const named = deploying({ source: 'gitlab', event: 'pipeline', name: 'Deploy *', environment: 'live' });
    expect(read(aPipeline({ name: 'Deploy it' }), named)).toHaveProperty('events');
    expect(read(aPipeline({ name: 'Test it' }), named)).toEqual({ ignored: 'not_a_deployment' });
    const tagged = deploying({ event: 'pipeline', name: 'v*', environment: 'live' });
    expect(read(aPipeline({ ref: 'v1.2', tag: true }), tagged)).toHaveProperty('events');
  });

  it('of a branch for rework is rework', () => {
    const any = deploying({ event: 'pipeline', environment: 'live' });
    expect(read(aPipeline({ ref: 'hotfix-1' }), any)).toMatchObject({ events: [{ rework: true }, { rework: true }] });
  });
});

describe('a release', () => {
  const scope = deploying({ event: 'release', name: 'v*', environment: 'production' });

  it('is a deployment of its commit, at its time, where a rule says so of its tag', () => {
    expect(read(aRelease(), scope)).toEqual({
      events: [
        {
          type: 'deploy',
          pipeline_id: 'acme/web/shop',
          status: 'success',
          environment: 'production',
          commit_id: sha('m'),
          deployment_id: 'release-4',
          url: `${URL}/releases/v1.1`,
          timestamp: '2026-03-02 12:00:00Z',
        },
      ],
    });
    expect(read(aRelease({ tag: 'nightly' }), scope)).toEqual({ ignored: 'not_a_deployment' });
  });

  it('tells nothing when it is changed or deleted', () => {
    for (const action of ['update', 'delete', undefined]) {
      expect(read(aRelease({ action }), scope)).toEqual({ ignored: 'action_not_used' });
    }
  });
});
