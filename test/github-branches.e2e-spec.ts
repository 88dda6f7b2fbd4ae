import { startApp, type TestApp } from './support/app.js';
import { aCommit, aPullRequest, aPush, at, sha } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';

let app: TestApp;
let github: GithubSender;

beforeEach(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
  github = new GithubSender(app.url);
});
afterEach(() => app.close());

describe('a pull request', () => {
  async function approvals() {
    return app.dataSource.query<unknown[]>(`SELECT commit_id FROM devopstic.commits WHERE approved_at IS NOT NULL`);
  }

  it('that is closed without merging, or merged into another branch, approves nothing', async () => {
    await github.send('pull_request', aPullRequest('opened'));
    const closed = await github.send('pull_request', aPullRequest('closed'));
    const elsewhere = await github.send(
      'pull_request',
      aPullRequest('closed', { number: 8, base: 'release', merged: { as: 'x', time: '11:00' } }),
    );
    expect([closed.body.reason, elsewhere.body.reason]).toEqual(['closed_unmerged', 'not_default_branch']);
    expect(await approvals()).toEqual([]);
  });

  it('that begins as a draft is submitted once it is ready', async () => {
    expect((await github.send('pull_request', aPullRequest('opened', { draft: true }))).body.reason).toBe('draft');
    await github.send('pull_request', aPullRequest('ready_for_review', { created: '09:00', updated: '10:00' }));
    const [commit] = await app.dataSource.query<{ submitted_at: Date }[]>(`SELECT submitted_at FROM devopstic.commits`);
    expect(commit?.submitted_at.toISOString()).toBe(new Date(at('10:00')).toISOString());
  });
});

describe('commits of another branch', () => {
  it('are known, and have not landed', async () => {
    await github.send('push', aPush({ ref: 'refs/heads/feature', commits: [aCommit('f1', { time: '08:00' })] }));
    const commits = await app.dataSource.query<unknown[]>(
      `SELECT commit_id, committed_at, landed_at FROM devopstic.commits`,
    );
    expect(commits).toEqual([{ commit_id: sha('f1'), committed_at: new Date(at('08:00')), landed_at: null }]);
  });
});

describe('a repository', () => {
  it('is a pipeline by its bare name if so configured', async () => {
    const bare = await startApp({
      DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET,
      DEVOPSTIC_GITHUB_PIPELINE_ID: 'name',
    });
    await new GithubSender(bare.url).send('pull_request', aPullRequest('opened'));
    expect(await bare.dataSource.query('SELECT pipeline_id FROM devopstic.pipelines')).toEqual([
      { pipeline_id: 'shop' },
    ]);
    await bare.close();
  });
});
