import type { EventBody } from '../src/events/event.js';
import { readEvent } from '../src/events/event.reader.js';
import { gitSource } from '../src/import/git/git-source.js';
import { UNSCOPED } from '../src/scope/scope.js';
import { GitRepository } from './support/git-repository.js';

const LONG_AGO = 3600;
const IN_THE_FUTURE = Math.floor(Date.now() / 1000) + 30 * 86_400;
const BEGINNING = Date.UTC(2000, 0, 1);

describe('the times that a clone tells', () => {
  let git: GitRepository;
  let began: number;
  beforeEach(() => {
    git = new GitRepository();
    git.commit('main');
    began = git.time;
  });
  afterEach(() => git.remove());

  /** With a clock that is wrong for this once. */
  function wrongly(branch: string, time: number, message?: string): string {
    const before = git.time;
    const sha = git.commit(branch, { time, ...(message === undefined ? {} : { message }) });
    git.time = before;
    return sha;
  }

  async function read(since = BEGINNING) {
    const history = { directory: git.clone(), pipeline: 'shop', environment: 'production', tags: '*' };
    const items = [];
    const source = await gitSource({ ...history, branch: 'main', since });
    for await (const item of source.items(UNSCOPED)) items.push(item);
    return items as { place: string; event: EventBody }[];
  }

  /** Every event by what it is of, with its time; all must be such that the service takes them. */
  async function told(since?: number): Promise<Record<string, EventBody['timestamp']>> {
    const items = await read(since);
    const refused = items.filter(({ event }) => 'errors' in readEvent(event, new Date()));
    expect(refused).toEqual([]);
    return Object.fromEntries(items.map(({ place, event }) => [`${event.type} of ${place}`, event.timestamp]));
  }

  it.each([LONG_AGO, IN_THE_FUTURE])(
    'are those of the commit before where the default branch says %d',
    async (wrong) => {
      const squash = wrongly('main', wrong, 'Add search (#3)');
      git.tag('v1', squash);
      const after = git.commit('main');
      expect(await told()).toMatchObject({
        [`commit of commit ${squash}`]: began,
        [`approve of commit ${squash}`]: began,
        'deploy of tag v1': began,
        [`commit of commit ${after}`]: began + 600,
      });
    },
  );

  it('are at the beginning those of the first commit that can be right', async () => {
    git.forget('main');
    const first = wrongly('main', LONG_AGO);
    const second = wrongly('main', IN_THE_FUTURE);
    const third = git.commit('main');
    git.tag('v1', first);
    expect(await told()).toEqual({
      [`commit of commit ${first}`]: git.time,
      [`commit of commit ${second}`]: git.time,
      [`commit of commit ${third}`]: git.time,
      'deploy of tag v1': git.time,
    });
  });

  it('are those of the merge, for the commits and tags of a branch whose clock was wrong', async () => {
    git.move('feature', git.tip('main'));
    const feature = wrongly('feature', LONG_AGO);
    git.tag('v1', feature);
    git.commit('main');
    git.commit('main', {}, feature);
    expect(await told()).toMatchObject({ [`commit of commit ${feature}`]: git.time, 'deploy of tag v1': git.time });
  });

  it.each([LONG_AGO, IN_THE_FUTURE])(
    'are of a hotfix that never landed, whose clock says %d, those around',
    async (wrong) => {
      git.move('hotfix', git.tip('main'));
      git.commit('main');
      const first = wrongly('hotfix', wrong);
      git.tag('h1', first);
      const [second, third] = [wrongly('hotfix', wrong), wrongly('hotfix', wrong)];
      git.tag('h2', third, { time: git.time + 60 });
      git.tag('h3', wrongly('hotfix', wrong));
      expect(await told()).toMatchObject({
        // Not later than its tag, which is of the time of the commit before.
        [`commit of commit ${first}`]: began,
        'deploy of tag h1': began,
        // The tag's own time is the best that there is.
        [`commit of commit ${second}`]: git.time + 60,
        [`commit of commit ${third}`]: git.time + 60,
        'deploy of tag h2': git.time + 60,
        'deploy of tag h3': git.time + 60,
      });
    },
  );

  it('are, where none can be, refused by name and not passed over', async () => {
    git.forget('main');
    git.tag('v1', wrongly('main', LONG_AGO));
    const items = await read();
    expect(items.map(({ place }) => place)).toEqual([`commit ${git.tip('main')}`, 'tag v1']);
    for (const { event } of items) expect(readEvent(event, new Date())).toHaveProperty('errors');
  });

  it('decide by the earliest tag whether a commit that never landed is too old', async () => {
    git.move('hotfix', git.tip('main'));
    const shipped = git.commit('hotfix');
    git.tag('h1', shipped);
    const made = git.commit('hotfix');
    git.time += 86_400;
    const since = git.time * 1000;
    git.commit('main');
    git.tag('h2', made, { time: git.time + 60 });
    git.tag('h3', git.commit('hotfix'));
    expect(Object.keys(await told(since)).toSorted()).toEqual(
      [made, git.tip('hotfix'), git.tip('main')]
        .map((sha) => `commit of commit ${sha}`)
        .concat('deploy of tag h2', 'deploy of tag h3')
        .toSorted(),
    );
  });
});
