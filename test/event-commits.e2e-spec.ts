import { jest } from '@jest/globals';
import { withCommits } from '../src/cli/event-commits.js';
import { ServiceClient } from '../src/client/service-client.js';
import type { EventBody } from '../src/events/event.js';
import { startApp, type TestApp } from './support/app.js';
import { random, shuffled } from './support/arrival.js';
import { GitHistory, type GitTag } from './support/git-history.js';
import { sendBatch } from './support/sending.js';

// Each of the releases asks git and the service several times.
jest.setTimeout(120_000);

const MINUTE = 60_000;

interface Release {
  environment: string;
  tag: GitTag;
  at: number;
}

/**
 * domain.md, "What a deployment carries", held against git itself, with nothing told but at the deployments. Each
 * environment is in a pipeline of its own, or one would know from the other.
 */
describe.each([
  ['to whom nobody else tells of commits', false],
  ['to whom somebody else has told of all commits, but of no parents', true],
])('a repository, released with its commits to a service %s', (_, toldBefore) => {
  let app: TestApp;
  let git: GitHistory;
  let tags: GitTag[];
  let releases: Release[];
  let sent: number;

  beforeAll(async () => {
    app = await startApp();
    git = new GitHistory(400, 7);
    tags = git.tags();
    const start = Math.max(...git.commits().map(({ committed }) => committed)) * 1000;
    const production = tags.map((tag) => ({ environment: 'production', tag }));
    // Staging gets them in any order: older ones after newer ones, and its baseline is one from the midst.
    const staging = shuffled(tags, random(5)).map((tag) => ({ environment: 'staging', tag }));
    const both = production.flatMap((release, i) => [release, staging[i]!]);
    releases = both.map((release, i) => ({ ...release, at: start + (i + 1) * MINUTE }));
    for (const pipeline of toldBefore ? ['production', 'staging'] : [])
      await sendBatch(
        app,
        git.commits().map(({ sha, committed }) => bare(pipeline, sha, committed)),
      );
    const service = new ServiceClient(app.url);
    service.useCredential(app.admin);
    sent = 0;
    for (const release of releases) {
      const commits = await deploy(service, release);
      if (release.environment === 'production') sent += commits;
    }
  });
  afterAll(async () => {
    git.remove();
    await app.close();
  });

  const bare = (pipeline_id: string, commit_id: string, timestamp: number) => ({
    id: `bare ${commit_id}`,
    type: 'commit' as const,
    pipeline_id,
    commit_id,
    timestamp: new Date(timestamp * 1000).toISOString(),
  });

  async function deploy(service: ServiceClient, { environment, tag, at }: Release): Promise<number> {
    const told: EventBody = {
      type: 'deploy',
      pipeline_id: environment,
      environment,
      status: 'success',
      commit_id: tag.name,
      deployment_id: tag.name,
      timestamp: new Date(at).toISOString(),
    };
    const { deployment, commits } = await withCommits(service, told, git.directory);
    expect(deployment.commit_id).toBe(tag.sha);
    if (commits.length > 0) expect(await service.sendBatch(commits)).toMatchObject({ rejected: 0 });
    await service.store(deployment);
    return commits.length;
  }

  it.each(['production', 'staging'])('carries to %s exactly git rev-list <tag> ^<every earlier tag>', async (where) => {
    const rows = await app.dataSource.query<{ deployment_id: string; commit_id: string; left_out: string | null }[]>(
      `SELECT deployment_id, commit_id, left_out FROM devopstic.deployment_changes WHERE environment = $1`,
      [where],
    );
    const order = releases.filter(({ environment }) => environment === where).map(({ tag }) => tag);
    expect(order.length).toBeGreaterThan(10);
    for (const [index, tag] of order.entries()) {
      const carried = rows.filter((row) => row.deployment_id === tag.name);
      const fresh = git.newIn(tag, order.slice(0, index)).toSorted();
      const measured = carried
        .filter(({ left_out }) => left_out === null)
        .map(({ commit_id }) => commit_id)
        .toSorted();
      expect({ tag, measured: index === 0 ? [tag.sha] : fresh }).toEqual({ tag, measured });
      expect(carried.filter(({ commit_id }) => !fresh.includes(commit_id))).toEqual([]);
    }
  });

  it('does not send the whole history at each release', () => {
    const all = tags.reduce((sum, tag) => sum + git.newIn(tag, []).length, 0);
    expect(sent).toBeLessThan(all / 3);
  });

  it('sees the rollbacks', async () => {
    const rows = await app.dataSource.query<{ deployment_id: string }[]>(
      `SELECT deployment_id FROM devopstic.deployments WHERE environment = 'staging' AND rollback`,
    );
    const order = releases.filter(({ environment }) => environment === 'staging').map(({ tag }) => tag);
    const cameWith = new Map<string, number>();
    for (const [index, tag] of order.entries())
      for (const sha of git.newIn(tag, order.slice(0, index))) cameWith.set(sha, index);
    const expected = order.filter((tag, i) => i > 0 && cameWith.get(tag.sha)! < cameWith.get(order[i - 1]!.sha)!);
    expect(expected.length).toBeGreaterThan(5);
    expect(rows.map((row) => row.deployment_id).toSorted()).toEqual(expected.map(({ name }) => name).toSorted());
  });
});
