import { sha } from '../../../test/support/github-payloads.js';
import { aGiteaIssue, aGiteaRelease, anActionRun, aWorkflowRun, local } from '../../../test/support/gitea-payloads.js';
import { NO_RULES } from '../../scope/no-rules.js';
import type { DeploymentRule } from '../../scope/scope-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readGitea } from './gitea.reader.js';

function read(event_name: string, payload: unknown, scope = UNSCOPED) {
  return readGitea({ event_name, payload: new Payload(payload) }, scope);
}

function deploying(rule: Omit<DeploymentRule, 'environment'>): Scope {
  return new Scope({ ...NO_RULES, deployments: [{ ...rule, environment: 'production' }] });
}

const url = (path: string) => `https://git.example.com/acme/shop${path}`;

describe('an issue of Gitea', () => {
  const incident = {
    type: 'incident_status_change',
    pipeline_id: 'acme/shop',
    incident_id: 'issue-12',
    labels: ['incident'],
    url: url('/issues/12'),
  };
  const began = { ...incident, status: 'failure', timestamp: local('13:00') };

  it('is an incident since it was made, whenever it gets its label', () => {
    for (const action of ['opened', 'edited']) {
      expect(read('issues', aGiteaIssue(action, {}))).toEqual({ events: [began] });
    }
    const labelled = { ...began, timestamp: local('15:00') };
    expect(read('issues', aGiteaIssue('label_updated', {}))).toEqual({ events: [began, labelled] });
    const restored = { ...incident, status: 'success', timestamp: local('14:00') };
    expect(read('issues', aGiteaIssue('label_updated', { closed: '14:00' }))).toEqual({ events: [began, restored] });
  });

  it('is over when it has lost its last label, just before what comes in the same second', () => {
    const over = { ...incident, labels: [], status: 'success', timestamp: '2026-03-02T14:59:59.000Z' };
    for (const action of ['label_updated', 'label_cleared']) {
      expect(read('issues', aGiteaIssue(action, { labels: [] }))).toEqual({ events: [over] });
    }
    for (const [action, labels] of [
      ['label_updated', ['wish']],
      ['edited', []],
    ] as const) {
      expect(read('issues', aGiteaIssue(action, { labels: [...labels] }))).toEqual({ ignored: 'not_an_incident' });
    }
  });

  it('tells its beginning with its end, and that it began anew', () => {
    const restored = { ...incident, status: 'success', timestamp: local('15:00') };
    expect(read('issues', aGiteaIssue('closed', { closed: '15:00' }))).toEqual({ events: [began, restored] });
    const anew = { ...began, timestamp: local('15:00') };
    expect(read('issues', aGiteaIssue('reopened', {}))).toEqual({ events: [began, anew] });
  });

  it('is none without a label that a rule names', () => {
    const outage = aGiteaIssue('opened', { labels: ['outage'] });
    expect(read('issues', outage)).toEqual({ ignored: 'not_an_incident' });
    expect(read('issues', outage, new Scope({ ...NO_RULES, incident_labels: ['Outage'] }))).toEqual({
      events: [{ ...began, labels: ['outage'] }],
    });
    expect(read('issues', aGiteaIssue('assigned', {}))).toEqual({ ignored: 'action_not_used' });
  });
});

describe('a release of Gitea', () => {
  const scope = deploying({ event: 'release', name: 'v*' });

  it('is a deployment where a rule says so, of its tag unless it names a commit', () => {
    const deployment = {
      type: 'deploy',
      pipeline_id: 'acme/shop',
      status: 'success',
      environment: 'production',
      commit_id: 'v1.2.0',
      deployment_id: 'release-5',
      url: url('/releases/tag/v1.2.0'),
      timestamp: local('12:00'),
    };
    expect(read('release', aGiteaRelease('published'), scope)).toEqual({ events: [deployment] });
    const exact = aGiteaRelease('published', { target_commitish: sha('m') });
    expect(read('release', exact, scope)).toEqual({ events: [{ ...deployment, commit_id: sha('m') }] });
  });

  it('is rework from a branch that is made for it', () => {
    const hotfix = aGiteaRelease('published', { target_commitish: 'hotfix/1' });
    expect(read('release', hotfix, scope)).toMatchObject({ events: [{ rework: true }] });
  });

  it('is none as a draft, or when it is changed', () => {
    expect(read('release', aGiteaRelease('published', { draft: true }), scope)).toEqual({ ignored: 'draft' });
    expect(read('release', aGiteaRelease('updated'), scope)).toEqual({ ignored: 'action_not_used' });
  });
});

describe('a run of Actions', () => {
  const deployment = {
    type: 'deploy',
    pipeline_id: 'acme/shop',
    environment: 'production',
    commit_id: sha('m'),
    deployment_id: 'run-31',
    url: url('/actions/runs/4'),
  };
  const began = { ...deployment, status: 'in_progress', timestamp: local('11:50') };

  it('is a deployment where a rule says so of its workflow: by its name in Gitea, by its file in Forgejo', () => {
    const events = [began, { ...deployment, status: 'success', timestamp: local('12:00') }];
    const by_name = deploying({ event: 'workflow_run', name: 'Deploy', branch: 'main' });
    const by_file = deploying({ event: 'workflow_run', name: 'deploy.yml', branch: 'main' });
    expect(read('workflow_run', aWorkflowRun('completed'), by_name)).toEqual({ events });
    expect(read('workflow_run', { ...aWorkflowRun('completed'), workflow: { id: 'deploy.yml' } }, by_file)).toEqual({
      events,
    });
    for (const event of ['action_run_success', 'action_run_recover']) {
      expect(read(event, anActionRun(), by_file)).toEqual({ events });
    }
    expect(read('action_run_success', anActionRun(), by_name)).toEqual({ ignored: 'not_a_deployment' });
  });

  it('may have failed or been canceled', () => {
    const scope = deploying({ event: 'workflow_run' });
    for (const [told, status] of [
      ['failure', 'failure'],
      ['cancelled', 'canceled'],
    ]) {
      const ended = { events: [began, { ...deployment, status, timestamp: local('12:00') }] };
      expect(read('workflow_run', aWorkflowRun('completed', { conclusion: told }), scope)).toEqual(ended);
      expect(read('action_run_failure', anActionRun({ status: told }), scope)).toEqual(ended);
    }
    expect(read('workflow_run', aWorkflowRun('requested'), scope)).toEqual({ ignored: 'action_not_used' });
  });

  it('does not tell when it began if nothing can have begun then', () => {
    const run = aWorkflowRun('completed', { started_at: '0001-01-01T00:00:00Z' });
    expect(read('workflow_run', run, deploying({ event: 'workflow_run' }))).toMatchObject({
      events: [{ status: 'success' }],
    });
  });
});
