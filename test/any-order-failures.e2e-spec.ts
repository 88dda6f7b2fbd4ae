import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { dump } from './support/dump.js';
import { inEveryOrder } from './support/every-order.js';
import { approve, commit, deploy, opened, resolved, submit, tell } from './support/telling.js';

/** domain.md by hand: rollbacks, recovery and incidents, told in every order there is. */
describe('in whatever order the events come', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('older code that comes back is a rollback, fails what it replaces and carries nothing new', async () => {
    const { deployments, deployment_changes } = await inEveryOrder(
      app,
      commit('03-02 08:00', 'old'),
      deploy('03-02 09:00', 'old', { deployment_id: '1' }),
      deploy('03-02 10:00', 'new', { deployment_id: '2' }),
      deploy('03-02 10:20', 'old', { deployment_id: '3' }),
      deploy('03-02 10:40', 'old', { deployment_id: '4' }),
    );
    expect(deployments).toMatchObject([
      { deployment_id: '1', rollback: false, rework: false, failed_by: [] },
      { deployment_id: '2', rollback: false, failed_by: ['rollback'], recovery_seconds: 1200 },
      { deployment_id: '3', rollback: true, rework: true, failed_by: [], recovery_seconds: null },
      { deployment_id: '4', rollback: false, rework: false, failed_by: [] },
    ]);
    expect(deployment_changes!.map((change) => [change.commit_id, change.deployment_id])).toEqual([
      ['new', '2'],
      ['old', '1'],
    ]);
  });

  it('a deployment that succeeded sooner than first told had longer to recover', async () => {
    const { deployments } = await inEveryOrder(
      app,
      deploy('03-02 11:00', 'a', { deployment_id: 'd' }),
      deploy('03-02 10:00', 'a', { deployment_id: 'd' }),
      opened('03-02 12:00', 'i'),
      resolved('03-02 13:00', 'i'),
    );
    expect(deployments).toMatchObject([
      { finished_at: '2026-03-02T10:00:00+00:00', failed_by: ['incident'], recovery_seconds: 3 * 3600 },
    ]);
  });

  it('an unrecovered deployment has no recovery time, and one that turns out a success none either', async () => {
    const { deployments } = await inEveryOrder(
      app,
      deploy('03-02 10:00', 'a', { deployment_id: 'broken', status: 'failure' }),
      deploy('03-02 09:00', 'a', { deployment_id: 'mended', status: 'failure' }),
      deploy('03-02 09:30', 'a', { deployment_id: 'mended' }),
    );
    expect(deployments).toMatchObject([
      { deployment_id: 'broken', status: 'failure', failed_by: ['status'], recovered_at: null, recovery_seconds: null },
      { deployment_id: 'mended', status: 'success', failed_by: [], recovered_at: null, recovery_seconds: null },
    ]);
  });

  it('a reopened incident keeps its opening, and is resolved after its last failure', async () => {
    const { incidents } = await inEveryOrder(
      app,
      resolved('03-02 08:00', 'i'),
      opened('03-02 09:00', 'i'),
      resolved('03-02 10:00', 'i'),
      opened('03-02 11:00', 'i'),
      resolved('03-02 12:00', 'i'),
    );
    expect(incidents).toMatchObject([
      { state: 'resolved', opened_at: '2026-03-02T09:00:00+00:00', resolved_at: '2026-03-02T12:00:00+00:00' },
    ]);
  });

  it('an incident is put down to the last success within the window, its ends included', async () => {
    const { incidents, deployments } = await inEveryOrder(
      app,
      deploy('03-02 10:00', 'a', { deployment_id: 'a' }),
      deploy('03-02 09:59', 'b', { deployment_id: 'b' }),
      deploy('03-03 10:01', 'c', { deployment_id: 'c' }),
      opened('03-03 10:00', 'i'),
    );
    expect(incidents).toMatchObject([{ cause_method: 'window', cause_deployment_id: 'a', state: 'open' }]);
    expect(deployments!.map((one) => one.failed_by)).toEqual([['incident'], [], []]);
  });

  it('a blamed commit means the last deployment that named a commit of its change', async () => {
    const { incidents } = await inEveryOrder(
      app,
      submit('03-01 09:00', 'head', { pull_request_id: 1 }),
      approve('03-01 10:00', 'merged', { pull_request_id: 1 }),
      deploy('03-01 12:00', 'merged'),
      deploy('03-02 12:00', 'other'),
      opened('03-02 13:00', 'i', { commit_id: 'head' }),
    );
    expect(incidents).toMatchObject([{ cause_method: 'explicit', cause_deployment_id: 'of merged' }]);
  });

  it('what is the same change in another pipeline is not blamed for it', async () => {
    await tell(app, 'fork', [
      submit('03-01 09:00', 'head', { pull_request_id: 1 }),
      approve('03-01 10:00', 'merged', { pull_request_id: 1 }),
    ]);
    await tell(app, 'origin', [
      commit('03-01 09:00', 'merged'),
      deploy('03-02 12:00', 'head'),
      deploy('03-02 12:30', 'other'),
      opened('03-02 13:00', 'i', { commit_id: 'merged' }),
    ]);
    const { incidents } = await dump(app.dataSource, 'origin');
    expect(incidents).toMatchObject([{ cause_method: 'window', cause_deployment_id: 'of other' }]);
  });
});
