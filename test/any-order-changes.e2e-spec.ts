import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { dump } from './support/dump.js';
import { inEveryOrder } from './support/every-order.js';
import { approve, at, commit, deploy, submit, tell } from './support/telling.js';

/** domain.md by hand: what deployments carry, told in every order there is. */
describe('in whatever order the events come', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('a commit was made when that is told, and else when it was first submitted or approved', async () => {
    const { commits } = await inEveryOrder(
      app,
      submit('03-02 08:00', 'told'),
      commit('03-02 10:00', 'told'),
      submit('03-02 08:00', 'submitted'),
      approve('03-02 09:00', 'submitted'),
      submit('03-02 09:30', 'approved'),
      approve('03-02 08:30', 'approved'),
    );
    expect(commits!.map(({ commit_id, committed_at }) => [commit_id, committed_at])).toEqual([
      ['approved', '2026-03-02T08:30:00+00:00'],
      ['submitted', '2026-03-02T08:00:00+00:00'],
      ['told', '2026-03-02T10:00:00+00:00'],
    ]);
  });

  it('a baseline that learns later that it also named other commits measures them', async () => {
    const { deployment_changes } = await inEveryOrder(
      app,
      commit('03-02 08:00', 'a'),
      commit('03-02 09:00', 'b', { parents: ['a'] }),
      deploy('03-02 10:00', 'b', { deployment_id: 'd', status: 'in_progress' }),
      deploy('03-02 11:00', 'b', { deployment_id: 'd' }),
      deploy('03-02 12:00', 'b', { deployment_id: 'd', commits: ['a'] }),
    );
    expect(deployment_changes).toMatchObject([
      { commit_id: 'a', deployment_id: 'd', left_out: null, commit_to_deploy_seconds: 3 * 3600 },
      { commit_id: 'b', deployment_id: 'd', left_out: null, commit_to_deploy_seconds: 2 * 3600 },
    ]);
  });

  it('the first successful deployment is the baseline, and what it carries without naming is history', async () => {
    const { deployment_changes, environments } = await inEveryOrder(
      app,
      commit('03-02 08:00', 'a'),
      commit('03-02 09:00', 'b', { parents: ['a'] }),
      deploy('03-02 10:00', 'b', { status: 'failure' }),
      deploy('03-02 11:00', 'b', { deployment_id: 'first' }),
      deploy('03-02 12:00', 'a', { deployment_id: 'second' }),
    );
    expect(environments).toMatchObject([{ environment: 'production', baseline_deployment_id: 'first' }]);
    expect(deployment_changes).toMatchObject([
      { commit_id: 'a', deployment_id: 'first', left_out: 'before_baseline', total_seconds: null },
      { commit_id: 'b', deployment_id: 'first', left_out: null, total_seconds: 2 * 3600 },
    ]);
  });

  it('what a baseline names is not what a deployment of the same id names in another environment', async () => {
    const { deployment_changes } = await inEveryOrder(
      app,
      commit('03-02 08:00', 'a'),
      commit('03-02 09:00', 'b', { parents: ['a'] }),
      deploy('03-02 10:00', 'b', { deployment_id: 'd', environment: 'staging', commits: ['a'] }),
      deploy('03-02 11:00', 'b', { deployment_id: 'd' }),
    );
    const left_out = deployment_changes!.map((one) => `${one['environment']} ${one['commit_id']} ${one['left_out']}`);
    expect(left_out.toSorted()).toEqual([
      'production a before_baseline',
      'production b null',
      'staging a null',
      'staging b null',
    ]);
  });

  it('a deployment carries what it contains through commits that nothing else tells of', async () => {
    const { deployment_changes, commits } = await inEveryOrder(
      app,
      deploy('03-02 07:00', 'base'),
      commit('03-02 08:00', 'a'),
      commit('03-02 09:00', 'c', { parents: ['b'] }),
      submit('03-02 09:30', 'b', { parents: ['a', 'base'], status: 'failure' }),
      deploy('03-02 10:00', 'c'),
    );
    expect(deployment_changes!.map((change) => [change.commit_id, change.deployment_id, change.left_out])).toEqual([
      ['base', 'of base', 'unknown_commit'],
      ['c', 'of c', null],
    ]);
    expect(commits!.map((one) => one.commit_id)).toEqual(['a', 'base', 'c']);
  });

  it('a cycle among parents is carried once and hangs nothing', async () => {
    const { deployment_changes } = await inEveryOrder(
      app,
      deploy('03-02 07:00', 'base'),
      commit('03-02 08:00', 'a', { parents: ['b'] }),
      commit('03-02 08:30', 'b', { parents: ['a', 'b'] }),
      deploy('03-02 10:00', 'a'),
    );
    expect(deployment_changes!.map((change) => [change.commit_id, change.deployment_id])).toEqual([
      ['a', 'of a'],
      ['b', 'of a'],
      ['base', 'of base'],
    ]);
  });

  it('a squash, a rebase and a merge commit of the same work are the same one change', async () => {
    const opening = submit('03-02 09:00', 'head', { pull_request_id: 1 });
    const merging = approve('03-02 10:00', 'merged', { pull_request_id: 1 });
    const landed = { landed_at: at('03-02 10:00'), landed_head: 'merged' };
    const release = deploy('03-02 12:00', 'merged');
    const ways = [
      await inEveryOrder(app, commit('03-02 08:00', 'head'), opening, merging, release),
      await inEveryOrder(
        app,
        opening,
        merging,
        commit('03-02 08:00', 'rebased', landed),
        commit('03-02 10:00', 'merged', landed),
        release,
      ),
      await inEveryOrder(
        app,
        opening,
        merging,
        commit('03-02 08:00', 'head', landed),
        commit('03-02 10:00', 'merged', { ...landed, parents: ['head'] }),
        release,
      ),
    ];
    for (const { commits, deployment_changes } of ways) {
      expect(commits!.filter((one) => one.alias_of === null).map((one) => one.commit_id)).toEqual(['merged']);
      expect(deployment_changes![0]).toMatchObject({
        left_out: null,
        no_review: false,
        total_seconds: 3 * 3600,
        review_seconds: 3600,
        deployment_seconds: 2 * 3600,
        commit_to_deploy_seconds: 4 * 3600,
      });
      expect(deployment_changes).toHaveLength(1);
    }
  });

  it('the earliest approval of a pull request decides which commit it was merged as', async () => {
    const { commits } = await inEveryOrder(
      app,
      submit('03-02 09:00', 'head', { pull_request_id: 1 }),
      approve('03-02 10:00', 'early', { pull_request_id: 1 }),
      approve('03-02 11:00', 'late', { pull_request_id: 1 }),
      approve('03-02 10:30', 'other', { pull_request_id: 2 }),
      submit('03-02 09:30', 'head', { pull_request_id: 2 }),
    );
    expect(commits!.map((one) => [one.commit_id, one.alias_of])).toEqual([
      ['early', null],
      ['head', 'early'],
      ['late', 'early'],
      ['other', null],
    ]);
  });

  it('a deployment of either commit of a pull request deploys its change once', async () => {
    const { deployment_changes } = await inEveryOrder(
      app,
      submit('03-02 09:00', 'head', { pull_request_id: 1 }),
      approve('03-02 10:00', 'merged', { pull_request_id: 1 }),
      deploy('03-02 09:30', 'head'),
      deploy('03-02 12:00', 'merged'),
    );
    expect(deployment_changes).toMatchObject([
      {
        commit_id: 'merged',
        deployment_id: 'of head',
        total_seconds: 1800,
        review_seconds: 1800,
        deployment_seconds: 0,
      },
    ]);
  });

  it('what another pipeline tells of the same commits changes nothing of a change', async () => {
    await tell(app, 'fork', [
      submit('03-01 09:00', 'head', { pull_request_id: 9 }),
      approve('03-01 10:00', 'head', { pull_request_id: 9 }),
    ]);
    await tell(app, 'origin', [
      submit('03-02 09:00', 'head', { pull_request_id: 1 }),
      approve('03-02 10:00', 'merged', { pull_request_id: 1 }),
    ]);
    const { commits } = await dump(app.dataSource, 'origin');
    expect(commits!.map((one) => [one['commit_id'], one['alias_of']])).toEqual([
      ['head', 'merged'],
      ['merged', null],
    ]);
  });
});
