import { jest } from '@jest/globals';
import type { DeploymentPage, DeploymentView } from '../src/deployments/deployment.view.js';
import { startApp, type TestApp } from './support/app.js';
import { finish } from './support/cli.js';
import { GitCheckout } from './support/git-checkout.js';

// It starts the program many times.
jest.setTimeout(180_000);

describe('devopstic event deploy in a git checkout', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  let pipeline: string;
  let git: GitCheckout;
  let runs = 0;
  beforeEach(() => {
    pipeline = `pipeline-${++runs}`;
    git = new GitCheckout();
  });
  afterEach(() => git.remove());

  async function deploy(cwd: string, id: string, more: string[] = [], more_environment: Record<string, string> = {}) {
    const fields = [
      '--pipeline',
      pipeline,
      '--environment',
      'production',
      '--status',
      'success',
      '--deployment-id',
      id,
    ];
    const environment = { DEVOPSTIC_URL: app.url, DEVOPSTIC_KEY: app.admin, ...more_environment };
    return finish(['event', 'deploy', ...fields, ...more], environment, { cwd });
  }

  async function deployments(): Promise<Map<string, DeploymentView>> {
    const { items } = (await (await app.request('GET', `/deployments?pipeline=${pipeline}`)).json()) as DeploymentPage;
    return new Map(items.map((item) => [item.deployment_id, item]));
  }

  const commitsOf = (deployment: DeploymentView | undefined) =>
    deployment?.carried.map(({ commit_id }) => commit_id).toSorted();
  const revList = (...revisions: string[]) =>
    git
      .git(['rev-list', ...revisions])
      .split('\n')
      .toSorted();

  it('carries what git says, over a merge and a hotfix of the release before', async () => {
    git.commit('begin');
    git.git(['branch', 'old-feature']);
    git.commit('more');
    git.commit('first');
    git.git(['tag', 'v1']);
    expect(await deploy(git.directory, 'v1')).toMatchObject({ code: 0, stderr: '' });

    // A feature from before the first release, with a bot's commit, merged after it.
    git.git(['checkout', '--quiet', 'old-feature']);
    git.commit('feature', { author: 'renovate[bot]' });
    git.git(['checkout', '--quiet', 'main']);
    git.merge('old-feature');
    git.git(['tag', 'v2']);
    const { stdout } = await deploy(git.directory, 'v2', ['--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'stored',
      event: { type: 'deploy', commit_id: git.git(['rev-parse', 'HEAD']) },
      commits: { accepted: 3, duplicates: 0, rejected: 0 },
    });

    // Main goes on; the hotfix is made on the release, by its tag, and comes back later.
    git.commit('next');
    git.git(['checkout', '--quiet', '-b', 'hotfix', 'v2']);
    git.commit('fix');
    git.git(['tag', 'v2.1']);
    expect(await deploy(git.directory, 'v2.1', ['--commit', 'v2.1', '--rework'])).toMatchObject({ code: 0 });
    git.git(['checkout', '--quiet', 'main']);
    git.merge('hotfix');
    git.git(['tag', 'v3']);
    expect((await deploy(git.directory, 'v3', ['--git', git.directory])).stdout).toContain('2 new events, 1 known');

    const told = await deployments();
    expect(told.get('v1')).toMatchObject({ baseline: true, carried: [{ commit_id: git.git(['rev-parse', 'v1']) }] });
    expect(commitsOf(told.get('v2'))).toEqual(revList('v2', '^v1'));
    expect(commitsOf(told.get('v2.1'))).toEqual(revList('v2.1', '^v1', '^v2'));
    expect(commitsOf(told.get('v3'))).toEqual(revList('v3', '^v1', '^v2', '^v2.1'));
    for (const name of ['v1', 'v2', 'v2.1', 'v3']) {
      for (const change of told.get(name)?.carried ?? []) {
        const finished = Date.parse(String(told.get(name)?.finished_at)) / 1000;
        const committed = Number(git.git(['show', '--no-patch', '--format=%ct', change.commit_id]));
        expect(change.left_out).toBeNull();
        expect(change.commit_to_deploy_seconds).toBeCloseTo(finished - committed, 3);
      }
    }
    expect(told.get('v2')?.carried.filter(({ bot }) => bot)).toHaveLength(1);
  });

  it('sends the same again when the job is repeated, and changes nothing', async () => {
    git.commit('first');
    await deploy(git.directory, '1', ['--timestamp', '2026-03-03T08:00:00Z']);
    git.commit('second');
    const again = ['--timestamp', '2026-03-03T09:00:00Z'];
    expect((await deploy(git.directory, '2', again)).stdout).toMatch(/^Stored[^]*: 1 new events, 0 known/);
    expect((await deploy(git.directory, '2', again)).stdout).toMatch(/^Known already[^]*: 0 new events, 1 known/);
    expect(commitsOf((await deployments()).get('2'))).toEqual([git.git(['rev-parse', 'HEAD'])]);
  });

  it('says what a clone that is too shallow lacks, and records the deployment', async () => {
    git.commit('first');
    await deploy(git.directory, '1');
    git.commit('second');
    git.commit('third');
    const clone = new GitCheckout({ url: git.directory, depth: 1 });
    const { code, stdout, stderr } = await deploy(clone.directory, '2');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Stored: deploy/) });
    expect(stderr).toMatch(/does not reach back to the last deployment.* fetch-depth: 0/);
    expect(commitsOf((await deployments()).get('2'))).toEqual([git.git(['rev-parse', 'HEAD'])]);

    clone.git(['fetch', '--quiet', '--unshallow']);
    expect(await deploy(clone.directory, '2')).toMatchObject({ code: 0, stderr: '' });
    expect(commitsOf((await deployments()).get('2'))).toEqual(revList('HEAD', '^HEAD~2'));
    clone.remove();
  });

  it('notices that a clone reaches the last deployment, but not the beginning of a merged branch', async () => {
    git.commit('base');
    git.git(['checkout', '--quiet', '-b', 'side']);
    for (const message of ['one', 'two', 'three']) git.commit(message);
    git.git(['checkout', '--quiet', 'main']);
    git.commit('released');
    await deploy(git.directory, '1');
    git.merge('side');
    const clone = new GitCheckout({ url: git.directory, depth: 2 });
    expect((await deploy(clone.directory, '2')).stderr).toContain('fetch-depth: 0');
    expect(commitsOf((await deployments()).get('2'))).toEqual([git.git(['rev-parse', 'HEAD'])]);
    clone.remove();
  });

  it('records the deployment alone with a key that may only send', async () => {
    git.commit('first');
    const made = await app.request('POST', '/api-keys', { body: { name: 'sender', scopes: ['events:write'] } });
    const { secret } = (await made.json()) as { secret: string };
    const { code, stdout, stderr } = await deploy(git.directory, '1', [], { DEVOPSTIC_KEY: secret });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Stored: deploy/) });
    expect(stderr).toContain('give it the scope metrics:read as well, or --no-git');
  });

  it('says that a last commit from elsewhere is not in this repository', async () => {
    git.commit('first');
    await deploy(git.directory, '1', ['--commit', 'abc', '--no-git']);
    const { code, stderr } = await deploy(git.directory, '2');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/last deployment, abc, is not in this repository/)]);
  });

  it('says how git comes to trust a checkout that belongs to another user', async () => {
    const commit = git.commit('first');
    const mistrust = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    const { code, stderr } = await deploy(git.directory, '1', ['--commit', commit], mistrust);
    expect(code).toBe(0);
    expect(stderr).toMatch(/No commits are sent, for git does not trust .* git config --global --add safe\.directory /);
    expect(stderr).not.toContain('no git checkout');
  });

  it('fails where commits are refused, and names them, though the deployment is stored', async () => {
    const hour = 3600;
    const now = Math.floor(Date.now() / 1000);
    // A day ahead of a deployment may be a wrong clock of that; more than a day from now is not taken.
    const commit = git.commit('tomorrow', { at: now + 40 * hour });
    const { code, stdout, stderr } = await deploy(git.directory, '1', ['--timestamp', String(now + 20 * hour)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(/^Stored: deploy/) });
    expect(stderr).toBe(`1 commits were refused:\n  ${commit}: timestamp must not be more than one day ahead\n`);
    expect([...(await deployments()).keys()]).toEqual(['1']);
  });
});
