import { at, sha } from '../../../test/support/github-payloads.js';
import { aPipelineRun, aTektonEvent, type TektonRun } from '../../../test/support/tekton.js';
import { NO_RULES } from '../../scope/no-rules.js';
import { Scope, UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readTekton } from './tekton.reader.js';

function read(state: string, run: object, scope = UNSCOPED) {
  const { body, headers } = aTektonEvent(state, run);
  const { events, ignored } = readTekton({ payload: new Payload(body), headers }, scope);
  return ignored ?? events;
}

/** Of a successful deployment to production, but for what is given. */
function deployed(run: TektonRun) {
  return read('successful', aPipelineRun({ environment: 'production', ended: '12:00', ...run }));
}

describe('a pipeline run', () => {
  it('is a deployment where it says so, from its start to its end', () => {
    const deployment = {
      type: 'deploy',
      pipeline_id: 'acme/shop',
      environment: 'production',
      commit_id: sha('m'),
      deployment_id: 'u-1',
    };
    expect(deployed({ pipeline: 'acme/shop' })).toEqual([
      { ...deployment, status: 'in_progress', timestamp: at('11:55') },
      { ...deployment, status: 'success', timestamp: at('12:00') },
    ]);
  });

  it('may say so by a label or a parameter too', () => {
    const labels = { 'devopstic/environment': 'qa' };
    expect(deployed({ environment: undefined, labels })).toMatchObject([{ environment: 'qa' }, { environment: 'qa' }]);
    const run = aPipelineRun({ ended: '12:00' });
    run.spec.params.push({ name: 'devopstic-environment', value: 'live' });
    expect(read('successful', run)).toMatchObject([{ environment: 'live' }, { environment: 'live' }]);
  });

  it('is one where a rule says so, and rework by its branch', () => {
    const deployments = [{ source: 'tekton', event: 'pipelinerun', name: 'deploy-*', environment: 'production' }];
    const annotations = {
      'pipelinesascode.tekton.dev/url-org': 'acme',
      'pipelinesascode.tekton.dev/url-repository': 'shop',
      'pipelinesascode.tekton.dev/branch': 'refs/heads/hotfix/1',
      'pipelinesascode.tekton.dev/sha': sha('hotfix'),
    };
    const run = aPipelineRun({ ended: '12:00', annotations, commit: null });
    const event = { pipeline_id: 'acme/shop', environment: 'production', commit_id: sha('hotfix'), rework: true };
    expect(read('successful', run, new Scope({ ...NO_RULES, deployments }))).toMatchObject([event, event]);
  });

  it('is of its pipeline, if it does not say of what', () => {
    expect(deployed({})).toMatchObject([{ pipeline_id: 'deploy-shop' }, { pipeline_id: 'deploy-shop' }]);
  });

  it('takes a branch in its parameters for no commit, and one in its results', () => {
    const run = aPipelineRun({ environment: 'production', ended: '12:00', commit: null });
    run.spec.params.push({ name: 'revision', value: 'main' });
    expect(read('successful', run)).toBe('no_commit');
    const status = { ...run.status, pipelineResults: [{ name: 'commit', value: sha('m') }] };
    expect(read('successful', { ...run, status })).toMatchObject([{ commit_id: sha('m') }, { commit_id: sha('m') }]);
  });

  it('that failed was canceled if its reason says so, else it failed', () => {
    const statusOf = (reason: string) =>
      read('failed', aPipelineRun({ environment: 'production', ended: '12:00', reason }));
    for (const reason of ['Cancelled', 'PipelineRunCancelled', 'CancelledRunningFinally']) {
      expect(statusOf(reason)).toMatchObject([{}, { status: 'canceled' }]);
    }
    for (const reason of ['Failed', 'PipelineRunTimeout']) {
      expect(statusOf(reason)).toMatchObject([{}, { status: 'failure' }]);
    }
  });

  it('is malformed without its end, and without a CloudEvent around it', () => {
    expect(() => read('successful', aPipelineRun({ environment: 'production' }))).toThrow(
      '/pipelineRun/status/completionTime must be a time',
    );
    expect(() => readTekton({ payload: new Payload({}), headers: {} }, UNSCOPED)).toThrow('must be a CloudEvent');
  });
});
