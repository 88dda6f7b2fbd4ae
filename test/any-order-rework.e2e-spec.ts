import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { inEveryOrder } from './support/every-order.js';
import { at, approve, commit, deploy, submit } from './support/telling.js';

const PR = { pull_request_id: 7 };
const landed = (time: string, id: string, more = {}) =>
  commit(time, id, { landed_at: at(time), landed_head: id, ...more });

/** domain.md, "Rollbacks and rework", "Several pipelines of one repository", "Reverts": told in every order there is. */
describe('in whatever order the events come', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const reworkOf = (deployments: Record<string, unknown>[]) =>
    deployments.map(({ deployment_id, rework }) => [deployment_id, rework]);

  it('the first deployment to carry a change for rework is rework, and no other', async () => {
    const { deployments, commits } = await inEveryOrder(
      app,
      commit('03-02 08:00', 'merged'),
      submit('03-02 08:00', 'head', { ...PR, rework: true }),
      approve('03-02 09:00', 'merged', PR),
      deploy('03-02 10:00', 'merged', { deployment_id: 'first' }),
      deploy('03-02 11:00', 'merged', { deployment_id: 'second' }),
    );
    expect(reworkOf(deployments!)).toEqual([
      ['first', true],
      ['second', false],
    ]);
    expect(commits!.find(({ commit_id }) => commit_id === 'merged')).toMatchObject({ rework: true });
  });

  it('a change for rework that an earlier deployment carried is no rework of the later one', async () => {
    const { deployments } = await inEveryOrder(
      app,
      deploy('03-02 07:00', 'base'),
      commit('03-02 08:00', 'mended', { parents: ['base'], rework: true }),
      commit('03-02 09:00', 'next', { parents: ['mended'] }),
      deploy('03-02 11:00', 'next'),
      deploy('03-02 10:00', 'mended'),
    );
    expect(reworkOf(deployments!)).toEqual([
      ['of base', false],
      ['of mended', true],
      ['of next', false],
    ]);
  });

  it('what came before the baseline is no rework of it', async () => {
    const { deployments } = await inEveryOrder(
      app,
      commit('03-02 08:00', 'mended', { rework: true }),
      commit('03-02 09:00', 'next', { parents: ['mended'] }),
      deploy('03-02 11:00', 'next'),
    );
    expect(reworkOf(deployments!)).toEqual([['of next', false]]);
  });

  it('a change that is outside counts nowhere, and others follow it', async () => {
    const { deployment_changes, waiting_for_production, commits } = await inEveryOrder(
      app,
      deploy('03-02 07:00', 'base'),
      landed('03-02 08:00', 'mine', { parents: ['base'] }),
      landed('03-02 09:00', 'theirs', { parents: ['mine'], outside: true }),
      landed('03-02 10:00', 'waits', { parents: ['theirs'], outside: true }),
      deploy('03-02 11:00', 'theirs'),
    );
    expect(deployment_changes!.map(({ commit_id }) => commit_id)).toEqual(['base', 'mine']);
    expect(waiting_for_production).toEqual([]);
    expect(commits!.map(({ commit_id, outside, landed_at }) => [commit_id, outside, landed_at === null])).toEqual([
      ['base', false, true],
      ['mine', false, false],
      ['theirs', true, true],
      ['waits', true, true],
    ]);
  });

  it('a change counts if one of its commits is not outside', async () => {
    const { deployment_changes } = await inEveryOrder(
      app,
      submit('03-02 08:00', 'head', PR),
      commit('03-02 08:00', 'head'),
      approve('03-02 09:00', 'merged', PR),
      landed('03-02 09:00', 'merged', { outside: true }),
      deploy('03-02 10:00', 'merged'),
    );
    expect(deployment_changes).toMatchObject([{ commit_id: 'merged', left_out: null }]);
  });

  it('a pull request whose only commit is outside is so, whatever was thought before', async () => {
    const { deployment_changes, waiting_for_production } = await inEveryOrder(
      app,
      submit('03-02 08:00', 'merged', PR),
      approve('03-02 09:00', 'merged', PR),
      landed('03-02 09:00', 'merged', { outside: true }),
      approve('03-02 09:30', 'other'),
      deploy('03-02 10:00', 'merged', { environment: 'staging' }),
    );
    expect(deployment_changes).toEqual([]);
    expect(waiting_for_production).toMatchObject([{ commit_id: 'other' }]);
  });

  it('only a commit can be outside: said of anything else it means nothing', async () => {
    const { deployment_changes, waiting_for_production } = await inEveryOrder(
      app,
      landed('03-02 08:00', 'a'),
      landed('03-02 08:00', 'b'),
      deploy('03-02 10:00', 'a'),
      deploy('03-02 11:00', 'a', { deployment_id: 'failed', status: 'failure', outside: true }),
      deploy('03-02 12:00', 'b', { environment: 'staging', outside: true }),
    );
    expect(deployment_changes!.map(({ commit_id, environment }) => [commit_id, environment])).toEqual([
      ['a', 'production'],
      ['b', 'staging'],
    ]);
    expect(waiting_for_production).toMatchObject([{ commit_id: 'b' }]);
  });

  it('a commit notes all that it takes back', async () => {
    const { commits } = await inEveryOrder(
      app,
      commit('03-02 08:00', 'b', { reverts: ['a'] }),
      commit('03-02 08:00', 'b', { reverts: ['_', 'a'] }),
      submit('03-02 08:00', 'b', { reverts: ['c'] }),
    );
    expect(commits).toMatchObject([{ commit_id: 'b', reverts: ['_', 'a'] }]);
  });
});
