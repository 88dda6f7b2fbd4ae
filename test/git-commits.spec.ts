import { readEvent } from '../src/events/event.reader.js';
import { GitRepository } from '../src/git/repository.js';
import { shippedCommits } from '../src/git/shipped-commits.js';
import { GitCheckout } from './support/git-checkout.js';

const AT = Date.parse('2026-04-01T00:00:00Z');

describe('the commits of git as events', () => {
  let git: GitCheckout;
  let last: string;
  beforeEach(() => {
    git = new GitCheckout();
    last = git.commit('deployed before');
  });
  afterEach(() => git.remove());

  async function told() {
    const repository = await GitRepository.at(git.directory);
    const shipment = { pipeline_id: 'shop', commit: git.git(['rev-parse', 'HEAD']), at: AT };
    const { events, notes } = await shippedCommits(repository, { ...shipment, last, baseline: last });
    // All that is told must be what the service takes.
    expect(events.map((event) => readEvent(event, new Date(AT))).filter((read) => 'errors' in read)).toEqual([]);
    return { events, notes };
  }

  it('have the times of the committer, the parents, and the author whatever its name', async () => {
    const names = ['O\'Brien "Bob" 💾', '\u0001\ttabbed', 'x'.repeat(300), '💾'.repeat(250), 'dependabot[bot]'];
    const ids = names.map((author, i) => git.commit(`${i}`, { author, at: 1_772_440_000 + i }));
    // Settings of somebody's machine.
    git.git(['config', 'log.showSignature', 'true']);
    git.git(['config', 'i18n.logOutputEncoding', 'ISO-8859-1']);
    const { events, notes } = await told();
    expect(notes).toEqual([]);
    expect(events.map(({ commit_id, parents = [] }) => [commit_id, parents])).toEqual(
      ids.map((id, i) => [id, [ids[i - 1] ?? last]]),
    );
    expect(events[0]?.timestamp).toBe(1_772_440_000);
    const authors = events.map(({ author }) => author);
    expect([authors[0], authors[4]]).toEqual([names[0], names[4]]);
    expect(authors.slice(2, 4)).toEqual(['x'.repeat(200), '💾'.repeat(200)]);
  });

  it('get the time of the deployment where theirs cannot be', async () => {
    git.commit('before 2000', { at: 900_000_000 });
    git.commit('in time', { at: 1_772_440_000 });
    const late = git.commit('in the future', { at: AT / 1000 + 2 * 86_400 });
    const { events, notes } = await told();
    const deployed = new Date(AT).toISOString();
    expect(events.map(({ timestamp }) => timestamp)).toEqual([deployed, 1_772_440_000, deployed]);
    expect(notes).toEqual([expect.stringMatching(/^2 commits have a time before 2000 or in the future/)]);
    expect(late).toBe(events[2]?.commit_id);
  });

  it('tell which ones they take back', async () => {
    git.commit(`Revert "deployed before"\n\nThis reverts commit ${last}.`);
    git.commit('work');
    const { events } = await told();
    expect(events.map(({ reverts }) => reverts)).toEqual([[last], undefined]);
  });

  it('are several where a merge has more parents than one event takes', async () => {
    const base = git.commit('base');
    const tree = git.git(['write-tree']);
    const who = {
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    };
    const dated = { ...who, GIT_AUTHOR_DATE: '1772440000 +0000', GIT_COMMITTER_DATE: '1772440000 +0000' };
    const branches = Array.from({ length: 250 }, (_, i) =>
      git.git(['commit-tree', tree, '-p', base, '-m', String(i)], dated),
    );
    const merge = git.git(['commit-tree', tree, ...branches.flatMap((one) => ['-p', one]), '-m', 'octopus'], dated);
    git.git(['reset', '--quiet', '--hard', merge]);
    const { events } = await told();
    const ofMerge = events.filter(({ commit_id }) => commit_id === merge);
    expect(ofMerge.map(({ parents }) => parents?.length)).toEqual([100, 100, 50]);
    expect(ofMerge.flatMap(({ parents }) => parents)).toEqual(branches);
  });
});
