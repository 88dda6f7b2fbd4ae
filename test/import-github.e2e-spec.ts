import { jest } from '@jest/globals';
import { startApp, type TestApp } from './support/app.js';
import { dump, factsOf } from './support/dump.js';
import { FakeGithub, GITHUB_TOKEN } from './support/fake-github.js';
import { at, sha } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { aBusyWorld, type GithubWorld } from './support/github-world.js';
import { importInto, runImport } from './support/importing.js';
import { putScope } from './support/scoping.js';

jest.setTimeout(120_000);

let app: TestApp;
let github: FakeGithub;
beforeEach(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
  github = new FakeGithub('acme/shop', 3);
  await github.start();
});
afterEach(async () => {
  await github.stop();
  await app.close();
});

const importGithub = (...words: string[]) =>
  importInto(app, ['github', 'acme/shop', '--api-url', github.url, ...words], '', { GITHUB_TOKEN });

async function deliver(world: GithubWorld): Promise<void> {
  const sender = new GithubSender(app.url);
  for (const [event, payload] of world.deliveries) expect((await sender.send(event, payload)).status).toBeLessThan(203);
}

async function eventsByType(): Promise<Record<string, number>> {
  const rows = await app.dataSource.query<{ type: string; count: number }[]>(
    'SELECT type, count(*)::int AS count FROM devopstic.events GROUP BY type',
  );
  return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
}

/** Commits but for merges, with the pipelines that all that tells of them says they are outside of. */
async function outsideOf(): Promise<string[]> {
  const rows = await app.dataSource.query<{ told: string }[]>(
    `SELECT commit_id || ' ' || pipeline_id AS told
     FROM devopstic.events
     WHERE type = 'commit' AND commit_id <> $1
     GROUP BY commit_id, pipeline_id
     HAVING bool_and(COALESCE(outside, false))
     ORDER BY told`,
    [sha('m3')],
  );
  return rows.map(({ told }) => told);
}

const facts = async () => factsOf(await dump(app.dataSource, 'acme/'));

describe('the import of a repository at GitHub', () => {
  it('tells the same facts as its webhooks did, alone and beside them, whichever comes first', async () => {
    const world = aBusyWorld();
    world.show(github);
    await deliver(world);
    const by_webhook = { facts: await facts(), events: await eventsByType() };
    expect(by_webhook.facts.deploymentChanges.length).toBeGreaterThan(5);
    expect((await importGithub('--reviews')).outcome).toMatchObject({ rejected: 0 });
    expect(await facts()).toEqual(by_webhook.facts);
    // Commits are told in another form; everything else is the same event, known before.
    expect(await eventsByType()).toEqual({ ...by_webhook.events, commit: expect.any(Number) });

    const fresh = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
    await app.close();
    app = fresh;
    expect((await importGithub('--reviews')).outcome).toMatchObject({ rejected: 0, known_before: 0 });
    expect(await facts()).toEqual(by_webhook.facts);
    const imported = await eventsByType();
    await deliver(world);
    expect(await facts()).toEqual(by_webhook.facts);
    expect(await eventsByType()).toEqual({ ...imported, commit: expect.any(Number) });
  });

  it('asks for reviews only if it is told to, for it is one request more for each pull request', async () => {
    aBusyWorld().show(github);
    const reviews = async () =>
      app.dataSource.query<object[]>(`
        SELECT pull_request_id::int, review_id, status, author
        FROM devopstic.events
        WHERE type = 'review' AND review_id IS NOT NULL
        ORDER BY occurred_at`);
    await importGithub();
    expect([await reviews(), github.asked.filter((path) => path.endsWith('/reviews'))]).toEqual([[], []]);
    await importGithub('--reviews');
    expect(await reviews()).toEqual([
      { pull_request_id: 8, review_id: '81', status: 'failure', author: 'grace' },
      { pull_request_id: 7, review_id: '71', status: 'success', author: 'reviews[bot]' },
      { pull_request_id: 8, review_id: '81', status: 'canceled', author: 'grace' },
    ]);
  });

  it('tells by the rules what its webhooks told by them, and which commits are outside of which pipeline', async () => {
    await putScope(app, {
      monorepos: [
        {
          repository: 'acme/shop',
          pipelines: ['api', 'web'].map((pipeline_id) => ({ pipeline_id, paths: [`${pipeline_id}/**`] })),
        },
      ],
      deployments: [
        { event: 'deployment_status', name: 'production', branch: 'main', environment: 'live', pipeline_id: 'api' },
      ],
      incident_labels: ['bug', 'outage'],
    });
    const world = aBusyWorld();
    world.push('main', '11:00', [
      { name: 'w1', files: ['web/a', 'README.md'] },
      { name: 'w2', files: ['web/b'], removed: ['api/b'] },
      { name: 'n1', files: ['README.md'] },
    ]);
    const issue = { html_url: 'https://github.com/acme/shop/issues/20', created_at: at('11:00'), closed_at: null };
    world.issues.push({ ...issue, number: 20, labels: 'outage' }, { ...issue, number: 21, labels: 'incident' });
    world.show(github);
    await deliver(world);
    const by_webhook = await eventsByType();
    const outside = await outsideOf();
    expect(outside).toEqual(expect.arrayContaining([`${sha('w1')} api`, `${sha('n1')} api`, `${sha('n1')} web`]));
    expect(outside).not.toContain(`${sha('w2')} api`);
    expect(await importGithub('--reviews')).toMatchObject({ code: 0, outcome: { rejected: 0 } });
    expect(await outsideOf()).toEqual(outside);
    expect(await eventsByType()).toEqual({
      ...by_webhook,
      commit: expect.any(Number),
      incident_status_change: 2,
    });
    const pipelines = await app.dataSource.query<object[]>(
      'SELECT DISTINCT type, pipeline_id, environment FROM devopstic.events ORDER BY type, pipeline_id',
    );
    const both = (type: string) => ['api', 'web'].map((pipeline_id) => ({ type, pipeline_id, environment: null }));
    expect(pipelines).toEqual([
      ...both('approve'),
      ...both('commit'),
      { type: 'deploy', pipeline_id: 'api', environment: 'live' },
      ...both('incident_status_change'),
      ...both('review'),
      ...both('submit'),
    ]);
  });

  it('makes one change of each pull request, with its lead time', async () => {
    aBusyWorld().show(github);
    const { code, stderr } = await importGithub();
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/importing \d+ events \| reading issues\n/),
    });
    const rows = await app.dataSource.query<object[]>(`
      SELECT commit_id, deployment_id, no_review, review_seconds / 60 AS review, commit_to_deploy_seconds / 60 AS commit_to_deploy
      FROM devopstic.deployment_changes
      WHERE left_out IS NULL
      ORDER BY finished_at, commit_to_deploy_seconds DESC, commit_id`);
    const change = (name: string, deployment_id: string, review: number | null, commit_to_deploy: number) =>
      expect.objectContaining({
        commit_id: sha(name),
        deployment_id,
        commit_to_deploy,
        ...(review === null ? {} : { review, no_review: false }),
      });
    expect(rows).toEqual([
      change('m0', '499', null, 30),
      change('m3', '501', 90, 200),
      // Opened as a draft, ready at 08:10; its head commit is of 07:32.
      change('s1', '501', 80, 168),
      change('r2', '501', 125, 158),
      change('m1', '501', null, 142),
      change('m2', '501', null, 141),
      change('x1', '502', null, 15),
    ]);
  });

  it('is run again without recording anything twice', async () => {
    aBusyWorld().show(github);
    const first = await importGithub();
    const rows = await dump(app.dataSource, 'acme/');
    expect((await importGithub()).outcome).toMatchObject({ new: 0, known_before: first.outcome?.new, rejected: 0 });
    expect(await dump(app.dataSource, 'acme/')).toEqual(rows);
  });

  it('waits where GitHub wants it to, and asks again where that fails', async () => {
    aBusyWorld().show(github);
    const whole = await importGithub();
    github.fail('/pulls', 'bad gateway');
    github.fail('/deployments', 'broken answer');
    github.fail('/commits', 'secondary limit', 'no answer');
    github.fail('/issues', 'rate limit');
    const again = await importGithub();
    expect(github.left).toEqual([]);
    expect(again).toMatchObject({ code: 0, outcome: { new: 0, known_before: whole.outcome?.new } });
    expect(again.stderr).toMatch(/GitHub allows no more requests for [12] s: the import goes on by itself at 20/);
    expect(again.stderr).toContain('GitHub allows no more requests for 3 s');
  });

  it('stops where GitHub fails for good, and goes on when it is run again', async () => {
    aBusyWorld().show(github);
    const deployments = github.answers.get('/deployments')!;
    github.answers.delete('/deployments');
    const broken = await importGithub();
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(
      /GitHub answered 404 to \/repos\/acme\/shop\/deployments: .*\n\d+ events are stored\n/,
    );
    github.answers.set('/deployments', () => [{ id: 'none' }]);
    expect((await importGithub()).stderr).toMatch(
      /While reading deployments, GitHub's answer was not understood: \/created_at must be a string/,
    );
    github.answers.set('/deployments', deployments);
    expect((await importGithub()).code).toBe(0);
    const whole = await facts();
    expect(whole.deploymentChanges.length).toBeGreaterThan(5);
  });

  it('does without the pushes where GitHub does not tell them', async () => {
    aBusyWorld().show(github);
    github.answers.delete('/activity');
    expect(await importGithub()).toMatchObject({ code: 0, outcome: { rejected: 0 } });
    const { commits } = await facts();
    const landed = new Map(commits.map((commit) => [commit['commit_id'], commit]));
    expect(landed.get(sha('f1'))).toMatchObject({ alias_of: sha('m3'), landed_at: Date.parse(at('09:00')) });
    expect(landed.get(sha('m1'))).toMatchObject({ alias_of: null, landed_at: Date.parse(at('07:58')) });
  });

  it('takes labelled issues for incidents, from their opening to their closing', async () => {
    const world = aBusyWorld();
    const issue = { labels: 'incident', html_url: 'https://github.com/acme/shop/issues/20', created_at: at('11:00') };
    world.issues.push(
      { ...issue, number: 20, closed_at: at('13:00') },
      { ...issue, number: 21, closed_at: null },
      { ...issue, number: 7, pull_request: {}, closed_at: at('13:00') },
      { ...issue, number: 22, labels: 'bug', closed_at: at('13:00') },
    );
    world.happened(20, 'closed', '11:30');
    world.happened(20, 'reopened', '12:00');
    world.happened(20, 'closed', '13:00');
    world.show(github);
    await importGithub();
    const { incidents } = await facts();
    expect(incidents).toMatchObject([
      {
        incident_id: 'issue-20',
        state: 'resolved',
        opened_at: Date.parse(at('11:00')),
        resolved_at: Date.parse(at('13:00')),
      },
      { incident_id: 'issue-21', state: 'open', resolved_at: null },
    ]);
    await importGithub('--incident-label', 'bug');
    expect((await facts()).incidents.map((one) => one['incident_id'])).toEqual(['issue-20', 'issue-21', 'issue-22']);
  });

  it('takes releases for deployments only if it is told to', async () => {
    const world = aBusyWorld();
    const release = { draft: false, prerelease: false, html_url: 'https://github.com/acme/shop/releases/v1' };
    world.tags.push({ name: 'v1', commit: { sha: sha('m3') } }, { name: 'v2-rc', commit: { sha: sha('r2') } });
    world.releases.push(
      { ...release, tag_name: 'v2', draft: true, published_at: null },
      { ...release, tag_name: 'v2-rc', prerelease: true, published_at: at('12:00') },
      { ...release, tag_name: 'v1', published_at: at('11:00') },
    );
    world.show(github);
    await importGithub();
    expect((await facts()).deployments.map((one) => one['environment'])).not.toContain('store');
    await importGithub('--releases-as', 'store');
    expect((await facts()).deployments.filter((one) => one['environment'] === 'store')).toMatchObject([
      { deployment_id: 'v1', status: 'success', commit_id: sha('m3'), finished_at: Date.parse(at('11:00')) },
    ]);
  });

  it('goes no further back than asked, but tells a pull request from its beginning', async () => {
    aBusyWorld().show(github);
    await importGithub('--since', at('09:15'));
    const { commits, deployments } = await facts();
    expect(deployments.map((one) => one['deployment_id'])).toEqual(['501', '502']);
    const squash = commits.find((one) => one['commit_id'] === sha('s1'));
    expect(squash).toMatchObject({ submitted_at: Date.parse(at('08:10')), committed_at: Date.parse(at('07:32')) });
    expect(commits.map((one) => one['commit_id'])).not.toContain(sha('m1'));
  });

  it('is refused with what to do, and never shows the token', async () => {
    aBusyWorld().show(github);
    const told = async (words: string[], input = '', environment = {}) => {
      const { code, stderr } = await runImport(
        ['github', ...words, '--api-url', github.url, '--dry-run'],
        input,
        environment,
      );
      expect(stderr).not.toContain('ghp_');
      return { code, stderr };
    };
    expect(await told(['acme/shop'])).toEqual({
      code: 1,
      stderr: 'devopstic: Give a token of GitHub: in GITHUB_TOKEN, or by --token-stdin\n',
    });
    expect((await told(['shop'], '', { GITHUB_TOKEN })).stderr).toContain('give it as owner/repository');
    expect((await told(['acme/shop', '--token-stdin'], 'ghp_wrong')).stderr).toContain(
      '401 to /repos/acme/shop: the token is not valid',
    );
    expect((await told(['acme/shop', '--token-stdin'], 'ghp_one\nghp_two')).stderr).toContain(
      'The token of GitHub holds a line break',
    );
    expect((await told(['acme/other'], '', { GITHUB_TOKEN })).stderr).toContain('there is no such repository');
    expect(await told(['acme/shop', '--token-stdin'], `${GITHUB_TOKEN}\n`)).toMatchObject({ code: 0 });
  });
});
