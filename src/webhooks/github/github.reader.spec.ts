import { readdirSync, readFileSync } from 'node:fs';
import {
  aCommit,
  aDeploymentStatus,
  aPullRequest,
  aPush,
  aRelease,
  aReview,
  at,
  aWorkflowRun,
  sha,
} from '../../../test/support/github-payloads.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readGithub } from './github.reader.js';

function read(event_name: string, payload: unknown, naming: 'full_name' | 'name' = 'full_name') {
  return readGithub({ event_name, payload: new Payload(payload) }, UNSCOPED, naming);
}

describe('a pull request', () => {
  it('submits its head commit when it is opened, at the time of its creation', () => {
    expect(read('pull_request', aPullRequest('opened', { created: '09:00', updated: '09:05' }))).toEqual({
      events: [
        {
          type: 'submit',
          pipeline_id: 'acme/shop',
          commit_id: sha('f2'),
          pull_request_id: 7,
          author: 'ada',
          url: 'https://github.com/acme/shop/pull/7',
          timestamp: at('09:00'),
        },
      ],
    });
  });

  it('submits its head commit when it is reopened, at the time of that', () => {
    const payload = aPullRequest('reopened', { created: '09:00', updated: '10:00' });
    expect(read('pull_request', payload)).toMatchObject({ events: [{ type: 'submit', timestamp: at('10:00') }] });
  });

  it('submits nothing as a draft', () => {
    for (const action of ['opened', 'reopened', 'ready_for_review']) {
      expect(read('pull_request', aPullRequest(action, { draft: true }))).toEqual({ ignored: 'draft' });
    }
  });

  const review = {
    type: 'review',
    pipeline_id: 'acme/shop',
    pull_request_id: 7,
    url: 'https://github.com/acme/shop/pull/7',
  };

  it('puts its review off when it is made a draft again', () => {
    const payload = aPullRequest('converted_to_draft', { draft: true, created: '09:00', updated: '10:00' });
    expect(read('pull_request', payload)).toEqual({
      events: [{ ...review, status: 'canceled', timestamp: at('10:00') }],
    });
  });

  it('puts nothing off if it is ready again by the time that it is told', () => {
    expect(read('pull_request', aPullRequest('converted_to_draft'))).toEqual({ ignored: 'no_draft' });
  });

  it('submits its head commit when it is made ready, and goes on with its review', () => {
    const payload = aPullRequest('ready_for_review', { created: '09:00', updated: '11:00' });
    expect(read('pull_request', payload)).toEqual({
      events: [
        expect.objectContaining({ type: 'submit', commit_id: sha('f2'), timestamp: at('11:00') }),
        { ...review, status: 'in_progress', timestamp: at('11:00') },
      ],
    });
  });

  it('approves what it is merged as, when it is merged into the default branch', () => {
    const payload = aPullRequest('closed', { merged: { as: 'm', time: '11:00' } });
    expect(read('pull_request', payload)).toEqual({
      events: [
        {
          type: 'approve',
          pipeline_id: 'acme/shop',
          commit_id: sha('m'),
          pull_request_id: 7,
          url: 'https://github.com/acme/shop/pull/7',
          timestamp: at('11:00'),
        },
      ],
    });
  });

  it('approves nothing when it is closed, or merged into another branch', () => {
    const elsewhere = aPullRequest('closed', { base: 'release/1', merged: { as: 'm', time: '11:00' } });
    expect(read('pull_request', aPullRequest('closed'))).toEqual({ ignored: 'closed_unmerged' });
    expect(read('pull_request', elsewhere)).toEqual({ ignored: 'not_default_branch' });
  });

  it('tells nothing by its other actions', () => {
    for (const action of ['synchronize', 'labeled', 'review_requested', 'constructor']) {
      expect(read('pull_request', aPullRequest(action))).toEqual({ ignored: 'action_not_used' });
    }
  });
});

describe('a review of a pull request', () => {
  const told = (payload: ReturnType<typeof aReview>) => read('pull_request_review', payload);

  it.each([
    ['approved', 'success'],
    ['changes_requested', 'failure'],
    ['commented', 'in_progress'],
  ])('that says %s is one of status %s, at the time when it was submitted', (state, status) => {
    expect(told(aReview('submitted', { state, submitted: '10:00', updated: '10:30' }))).toEqual({
      events: [
        {
          type: 'review',
          pipeline_id: 'acme/shop',
          status,
          pull_request_id: 7,
          review_id: '80',
          commit_id: sha('f2'),
          author: 'grace',
          url: 'https://github.com/acme/shop/pull/7#pullrequestreview-80',
          timestamp: at('10:00'),
        },
      ],
    });
  });

  it('is canceled when it is dismissed, at the time of that', () => {
    const dismissal = aReview('dismissed', { state: 'dismissed', submitted: '10:00', updated: '10:30' });
    expect(told(dismissal)).toMatchObject({
      events: [{ type: 'review', status: 'canceled', review_id: '80', timestamp: at('10:30') }],
    });
  });

  it('may be by somebody who is gone, and of a commit that is', () => {
    const { review, pull_request, ...rest } = aReview('submitted');
    const orphan = { ...rest, pull_request: { ...pull_request, user: null } };
    const reading = read('pull_request_review', { ...orphan, review: { ...review, user: null, commit_id: null } });
    expect(reading).toMatchObject({ events: [{ type: 'review', author: undefined, commit_id: undefined }] });
  });

  it('is none by the author of the pull request', () => {
    expect(told(aReview('submitted', { author: 'ada', state: 'commented' }))).toEqual({ ignored: 'own_review' });
  });

  it('tells nothing by a state that we do not know, or when its text is edited', () => {
    expect(told(aReview('submitted', { state: 'pending' }))).toEqual({ ignored: 'state_not_used' });
    expect(told(aReview('edited'))).toEqual({ ignored: 'action_not_used' });
  });
});

describe('a status of a deployment', () => {
  it('is a deploy event of its deployment, at the time of the status', () => {
    expect(read('deployment_status', aDeploymentStatus({ commit: 'm', id: 500, time: '12:00' }))).toEqual({
      events: [
        {
          type: 'deploy',
          pipeline_id: 'acme/shop',
          status: 'success',
          environment: 'production',
          commit_id: sha('m'),
          deployment_id: '500',
          url: 'https://github.com/acme/shop/actions/runs/500',
          timestamp: at('12:00'),
        },
      ],
    });
  });

  it.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'failure'],
    ['in_progress', 'in_progress'],
    ['pending', 'in_progress'],
    ['queued', 'in_progress'],
    ['waiting', 'in_progress'],
  ])('%s means %s', (state, status) => {
    expect(read('deployment_status', aDeploymentStatus({ commit: 'm', state }))).toMatchObject({
      events: [{ status }],
    });
  });

  it('tells nothing when a deployment became inactive, or by a state we do not know', () => {
    const [inactive, unknown] = ['inactive', 'abandoned'].map((state) => aDeploymentStatus({ commit: 'm', state }));
    expect(read('deployment_status', inactive)).toEqual({ ignored: 'inactive' });
    expect(read('deployment_status', unknown)).toEqual({ ignored: 'state_not_used' });
  });
});

describe('what is deployed from a branch for rework', () => {
  const rules = ['workflow_run', 'release'].map((event) => ({ source: 'github', event, environment: 'production' }));
  const scope = new Scope({ ...NO_RULES, deployments: rules, rework_branches: ['mend/**'] });

  it.each([
    ['deployment_status', (ref: string) => aDeploymentStatus({ commit: 'm', ref })],
    ['workflow_run', (branch: string) => aWorkflowRun('in_progress', { branch })],
    ['release', (target: string) => aRelease('published', { target })],
  ])('is rework by a %s, and from another it is not', (event_name, from) => {
    const told = (branch: string) => readGithub({ event_name, payload: new Payload(from(branch)) }, scope, 'full_name');
    expect(told('mend/1')).toMatchObject({ events: [{ type: 'deploy', rework: true }] });
    expect(told('main')).not.toHaveProperty(['events', 0, 'rework']);
    expect(told('main')).toHaveProperty(['events', 0]);
  });
});

it('a run of a workflow that deploys tells when it began, and again when it has ended', () => {
  const rule = { source: 'github', event: 'workflow_run', environment: 'production' };
  const scope = new Scope({ ...NO_RULES, deployments: [rule] });
  const told = (payload: unknown) =>
    readGithub({ event_name: 'workflow_run', payload: new Payload(payload) }, scope, 'full_name');
  const times = { started: '11:55', updated: '12:05' };
  const began = { status: 'in_progress', deployment_id: 'run-9100-1', timestamp: at('11:55') };
  const ended = { status: 'failure', deployment_id: 'run-9100-1', timestamp: at('12:05') };
  expect(told(aWorkflowRun('in_progress', times))).toMatchObject({ events: [began] });
  expect(told(aWorkflowRun('completed', { ...times, conclusion: 'failure' }))).toMatchObject({
    events: [began, ended],
  });
});

describe('any delivery', () => {
  it('names the pipeline as configured', () => {
    expect(read('pull_request', aPullRequest('opened'), 'name')).toMatchObject({ events: [{ pipeline_id: 'shop' }] });
  });

  it('is ignored by name if its event is of no use', () => {
    expect(read('ping', { zen: 'Design for failure.' })).toEqual({ ignored: 'ping' });
    expect(read('star', {})).toEqual({ ignored: 'event_not_used' });
    expect(read('constructor', {})).toEqual({ ignored: 'event_not_used' });
  });

  it('is malformed where it lacks what its event must have, and says so by pointer', () => {
    const payload = aPush({ before: 'm0', commits: [aCommit('c1')] });
    const cases: [string, unknown, string][] = [
      ['push', {}, '/repository/full_name'],
      ['push', { ...payload, commits: 'none' }, '/commits'],
      ['push', { ...payload, commits: [{}] }, '/commits/0/id'],
      ['pull_request', { ...aPullRequest('opened'), pull_request: null }, '/pull_request/number'],
      ['deployment_status', { repository: payload.repository }, '/deployment_status/state'],
      ['pull_request_review', { ...aReview('submitted'), review: { state: 'approved' } }, '/review/id'],
      ['pull_request_review', { ...aReview('dismissed'), pull_request: { number: 7 } }, '/pull_request/updated_at'],
    ];
    for (const [event_name, body, pointer] of cases) {
      expect(() => read(event_name, body)).toThrow(new RegExp(`^${pointer} must be`));
    }
  });

  it('is ignored only for reasons that doc/sources/github.md names', () => {
    const folder = new URL('.', import.meta.url);
    const readers = readdirSync(folder).filter((file) => file.endsWith('.reader.ts'));
    const code = readers.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('');
    const reasons = [...code.matchAll(/ignored: '(\w+)'/g)].map(([, reason]) => reason);
    const doc = readFileSync(new URL('../../../doc/sources/github.md', folder), 'utf8');
    expect(reasons).toContain('draft');
    expect(reasons.filter((reason) => !doc.includes(`\`${reason}\``))).toEqual([]);
  });
});
