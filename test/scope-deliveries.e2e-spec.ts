import { startApp, type TestApp } from './support/app.js';
import { aCommit, aDeploymentStatus, aPullRequest, aPush, sha } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { putScope } from './support/scoping.js';

let app: TestApp;
let github: GithubSender;
beforeEach(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
  github = new GithubSender(app.url);
});
afterEach(() => app.close());

const deployments = () =>
  app.dataSource.query<unknown[]>(
    'SELECT pipeline_id, environment FROM devopstic.deployments ORDER BY pipeline_id, environment',
  );

describe('a delivery', () => {
  it('is recorded by the names that the rules give, from the moment that they are made', async () => {
    await github.send('deployment_status', aDeploymentStatus({ commit: 'c1', id: 1, environment: 'prod-eu' }));
    await putScope(app, {
      pipelines: [
        { source: 'gitlab', match: '**', pipeline_id: 'elsewhere' },
        { source: 'github', match: 'acme/*', pipeline_id: 'shop' },
      ],
      environments: [{ match: 'prod-*', environment: 'production' }],
    });
    await github.send('deployment_status', aDeploymentStatus({ commit: 'c1', id: 2, environment: 'prod-eu' }));
    expect(await deployments()).toEqual([
      { pipeline_id: 'acme/shop', environment: 'prod-eu' },
      { pipeline_id: 'shop', environment: 'production' },
    ]);
  });

  it('lands on the branch that the rules call the default one', async () => {
    await putScope(app, { default_branches: [{ repository: 'acme/*', branch: 'develop' }] });
    const push = (branch: string, name: string) =>
      github.send('push', aPush({ ref: `refs/heads/${branch}`, commits: [aCommit(name)] }));
    await push('main', 'c1');
    await push('develop', 'c2');
    const approved = await github.send(
      'pull_request',
      aPullRequest('closed', { base: 'develop', merged: { as: 'c3', time: '11:00' } }),
    );
    expect(approved.body.outcome).toBe('recorded');
    const landed = await app.dataSource.query<{ commit_id: string }[]>(
      'SELECT commit_id FROM devopstic.commits WHERE landed_at IS NOT NULL',
    );
    expect(landed.map(({ commit_id }) => commit_id).toSorted()).toEqual([sha('c2'), sha('c3')].toSorted());
  });

  it('that is replayed is read by the rules of now', async () => {
    await github.send('deployment_status', aDeploymentStatus({ commit: 'c1', environment: 'Live!' }));
    await putScope(app, { environments: [{ match: 'Live!', environment: 'live' }] });
    const { items } = (await (await app.request('GET', '/webhook-deliveries')).json()) as { items: { id: string }[] };
    const answer = await app.request('POST', `/webhook-deliveries/${items[0]?.id}/replay`);
    expect([answer.status, await answer.json()]).toMatchObject([200, { outcome: 'recorded' }]);
    expect(await deployments()).toContainEqual({ pipeline_id: 'acme/shop', environment: 'live' });
  });
});

it('an event that a job sends is taken as it is told: the rules are about webhooks', async () => {
  await putScope(app, { pipelines: [{ match: '**', pipeline_id: 'other' }] });
  await app.request('POST', '/deployments', {
    body: { pipeline_id: 'shop', environment: 'production', commit_id: 'c' },
  });
  expect(await deployments()).toEqual([{ pipeline_id: 'shop', environment: 'production' }]);
});
