import { startApp } from './support/app.js';
import type { TestApp } from './support/app.js';
import { batches, random, shuffled } from './support/arrival.js';
import { GitHistory } from './support/git-history.js';
import type { GitCommit, GitTag } from './support/git-history.js';
import type { ModelEvent } from './support/model/event.js';
import { sendBatch } from './support/sending.js';

const MINUTE = 60;
const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString();

interface Carried {
  deployment_id: string;
  commit_id: string;
  left_out: string | null;
  seconds: number | null;
}

const commitEvent = ({ sha, parents, committed }: GitCommit): ModelEvent => ({
  id: `commit ${sha}`,
  type: 'commit',
  pipeline_id: 'repository',
  commit_id: sha,
  parents,
  timestamp: stamp(committed),
});

const commitsOf = (tag: GitTag, carried: Carried[]): string[] =>
  carried
    .filter((row) => row.deployment_id === tag.name)
    .map((row) => row.commit_id)
    .toSorted();

/** domain.md, "What a deployment carries", held against git itself. */
describe('a repository of 2,000 commits, sent shuffled with its tags as releases', () => {
  let app: TestApp;
  let git: GitHistory;
  let commits: GitCommit[];
  let tags: GitTag[];
  let releasedAt: Map<string, number>;

  beforeAll(async () => {
    app = await startApp();
    git = new GitHistory(2000, 2);
    commits = git.commits();
    tags = git.tags();
    const last = Math.max(...commits.map((commit) => commit.committed));
    releasedAt = new Map(tags.map((tag, index) => [tag.name, last + (index + 1) * MINUTE]));
    const events = shuffled([...commits.map(commitEvent), ...tags.flatMap(releaseEvents)], random(3));
    for (const batch of batches(events, random(4), 400)) await sendBatch(app, batch);
  });
  afterAll(async () => {
    git.remove();
    await app.close();
  });

  /** Staging gets the tags from the last to the first: all but the first release there is a rollback. */
  const releaseEvents = ({ name, sha }: GitTag, index: number): ModelEvent[] =>
    ['production', 'staging'].map((environment) => ({
      id: `${environment} ${name}`,
      type: 'deploy',
      pipeline_id: 'repository',
      environment,
      deployment_id: name,
      status: 'success',
      commit_id: sha,
      timestamp: stamp(
        environment === 'production' ? releasedAt.get(name)! : releasedAt.get(tags.at(-1 - index)!.name)!,
      ),
    }));

  const carriedTo = (environment: string): Promise<Carried[]> =>
    app.dataSource.query(
      `SELECT deployment_id, commit_id, left_out, commit_to_deploy_seconds AS seconds
      FROM devopstic.deployment_changes
      WHERE pipeline_id = 'repository' AND environment = $1`,
      [environment],
    );

  it('has all the shapes that ancestry comes in', () => {
    const children = new Set(commits.flatMap((commit) => commit.parents.slice(0, 1)));
    expect(commits).toHaveLength(2000);
    expect(commits.filter((commit) => commit.parents.length === 2).length).toBeGreaterThan(100);
    expect(commits.filter((commit) => commit.parents.length > 2).length).toBeGreaterThan(20);
    expect(tags.length).toBeGreaterThan(50);
    expect(tags.filter((tag) => !children.has(tag.sha)).length).toBeGreaterThan(5);
  });

  it('carries with every release exactly git rev-list <tag> ^<every earlier tag>', async () => {
    const carried = await carriedTo('production');
    for (const [index, tag] of tags.entries()) {
      expect({ tag, carried: commitsOf(tag, carried) }).toEqual({
        tag,
        carried: git.newIn(tag, tags.slice(0, index)).toSorted(),
      });
    }
  });

  it('takes from each commit to its release, and measures nothing from before the first', async () => {
    const committed = new Map(commits.map((commit) => [commit.sha, commit.committed]));
    for (const row of await carriedTo('production')) {
      const before = row.deployment_id === tags[0]!.name && row.commit_id !== tags[0]!.sha;
      expect(row).toMatchObject(
        before
          ? { left_out: 'before_baseline', seconds: null }
          : { left_out: null, seconds: releasedAt.get(row.deployment_id)! - committed.get(row.commit_id)! },
      );
    }
  });

  it('carries nothing twice when older releases follow newer ones', async () => {
    const carried = await carriedTo('staging');
    for (const [index, tag] of tags.entries()) {
      expect({ tag, carried: commitsOf(tag, carried) }).toEqual({
        tag,
        carried: git.newIn(tag, tags.slice(index + 1)).toSorted(),
      });
    }
    const rollbacks: { count: number }[] = await app.dataSource.query(`
      SELECT count(*)::int FROM devopstic.deployments WHERE environment = 'staging' AND rollback`);
    expect(rollbacks).toEqual([{ count: expectedRollbacks() }]);
  });

  /** Those whose commit was there before the commit of the release that they replaced came. */
  function expectedRollbacks(): number {
    const order = tags.toReversed();
    const cameWith = new Map<string, number>();
    for (const [index, tag] of order.entries())
      for (const sha of git.newIn(tag, order.slice(0, index))) cameWith.set(sha, index);
    return order.filter((tag, index) => index > 0 && cameWith.get(tag.sha)! < cameWith.get(order[index - 1]!.sha)!)
      .length;
  }
});
