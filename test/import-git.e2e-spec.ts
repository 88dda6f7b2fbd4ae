import { jest } from '@jest/globals';
import { startApp, type TestApp } from './support/app.js';
import { dump } from './support/dump.js';
import { GitHistory } from './support/git-history.js';
import { GitRepository } from './support/git-repository.js';
import { importInto, runImport, signIn } from './support/importing.js';
import { aKey } from './support/people.js';
import { putScope } from './support/scoping.js';
import { read } from './support/sending.js';

jest.setTimeout(120_000);

let app: TestApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const importGit = (directory: string, ...words: string[]) =>
  importInto(app, ['git', directory, '--pipeline', 'shop', '--environment', 'production', ...words]);

/** The changes that each deployment carried. */
async function carried(): Promise<Map<string, Set<string>>> {
  const rows = await app.dataSource.query<{ deployment_id: string; commits: string[] }[]>(`
    SELECT d.deployment_id, array_remove(array_agg(c.commit_id), NULL) AS commits
    FROM devopstic.deployments AS d
    LEFT JOIN devopstic.deployment_changes AS c
      USING (pipeline_id, environment, deployment_id)
    GROUP BY d.deployment_id`);
  return new Map(rows.map((row) => [row.deployment_id, new Set(row.commits)]));
}

describe('the import of a repository of 2,000 commits with releases, release branches and hotfixes', () => {
  it('lets every tag carry exactly git rev-list <tag> ^<every earlier tag>', async () => {
    const git = new GitHistory(2000, 5);
    const times = new Map(git.commits().map((commit) => [commit.sha, commit.committed]));
    const tags = git.tags().toSorted((a, b) => times.get(a.sha)! - times.get(b.sha)! || (a.name < b.name ? -1 : 1));
    const { code, outcome } = await importGit(git.directory, '--branch', 'main');
    expect({ code, outcome }).toMatchObject({ code: 0, outcome: { new: 2000 + tags.length, rejected: 0 } });
    const actual = await carried();
    for (const [index, tag] of tags.entries()) {
      expect({ tag, carried: actual.get(tag.name) }).toEqual({
        tag,
        carried: new Set(git.newIn(tag, tags.slice(0, index))),
      });
    }
    git.remove();
  });
});

interface Listed {
  type: string;
  pipeline_id: string;
  commit_id: string | null;
  deployment_id: string | null;
  environment: string | null;
  outside: boolean | null;
}

/** Which events of a commit or a tag there are, in words. */
async function toldOf(name: string): Promise<string[]> {
  const { items } = await read<{ items: Listed[] }>(app, '/events?limit=500');
  const of_it = items.filter(
    ({ type, commit_id, deployment_id }) => name === (type === 'deploy' ? deployment_id : commit_id),
  );
  const words = of_it.map(({ type, pipeline_id, environment, outside }) =>
    [type, pipeline_id, environment, outside === true ? 'outside' : null].filter((word) => word !== null).join(' '),
  );
  return words.toSorted();
}

describe('the import of a clone of several pipelines', () => {
  const monorepos = [
    {
      repository: 'shop',
      pipelines: [
        { pipeline_id: 'api', paths: ['api/**'] },
        { pipeline_id: 'web', paths: ['web/**', '**/*.css'] },
      ],
    },
  ];
  const environments = [{ match: 'production', environment: 'live' }];
  const deployments = [
    { source: 'git', event: 'tag', name: 'api-v*', environment: 'production', pipeline_id: 'api' },
    { event: 'tag', repository: 'other', environment: 'stage', pipeline_id: 'web' },
  ];
  let git: GitRepository;
  let made: Record<'first' | 'mixed' | 'feature' | 'merge' | 'nothing', string>;
  beforeEach(async () => {
    git = new GitRepository();
    const first = git.commit('main', { files: ['api/a', 'deep/\u00fc/\n x.css'] });
    git.move('feature', first);
    const feature = git.commit('feature', { files: ['web/b'] });
    const mixed = git.commit('main', { files: ['README.md', 'api/c'] });
    const merge = git.commit('main', { message: 'Merge pull request #7 from acme/feature', files: ['web/b'] }, feature);
    const nothing = git.commit('main');
    made = { first, mixed, feature, merge, nothing };
    git.tag('api-v1', merge);
    git.tag('v1', nothing);
    git.git(['config', 'log.showSignature', 'true']);
    git.git(['config', 'log.showRoot', 'false']);
    await putScope(app, { monorepos, environments, deployments });
  });
  afterEach(() => git.remove());

  it('tells each of them of all commits, and which change nothing of it; and of the tags that rules name for it', async () => {
    expect(await importGit(git.clone('--mirror'))).toMatchObject({ code: 0, outcome: { rejected: 0 } });
    expect(await toldOf(made.first)).toEqual(['commit api', 'commit web']);
    expect(await toldOf(made.mixed)).toEqual(['commit api', 'commit web outside']);
    expect(await toldOf(made.feature)).toEqual(['commit api outside', 'commit web']);
    expect(await toldOf(made.merge)).toEqual([
      'approve api',
      'approve web',
      'commit api outside',
      'commit web outside',
    ]);
    expect(await toldOf(made.nothing)).toEqual(['commit api outside', 'commit web outside']);
    expect(await toldOf('api-v1')).toEqual(['deploy api live']);
    expect(await toldOf('v1')).toEqual(['deploy api live', 'deploy web live']);
  });

  it('goes by the names of the command alone where the key may not read the rules, and says so', async () => {
    const { secret } = await aKey(app, { scopes: ['events:write'] });
    const told = await importInto(app, ['git', git.clone(), '--pipeline', 'shop', '--environment', 'production'], '', {
      DEVOPSTIC_KEY: secret,
    });
    expect(told).toMatchObject({ code: 0, outcome: { rejected: 0 } });
    expect(told.stderr).toContain('No scope rules are applied: the key may not read them');
    expect(await toldOf(made.mixed)).toEqual(['commit shop']);
    expect(await toldOf('api-v1')).toEqual(['deploy shop production']);
  });

  it('shows in a dry run what it would tell, by the rules if it has a key', async () => {
    const words = ['git', git.clone(), '--pipeline', 'shop', '--environment', 'production', '--dry-run'];
    const pipelines = (output: string) => {
      const events = output.split('\n').filter((line) => line !== '');
      return new Set(events.map((line) => (JSON.parse(line) as { pipeline_id: string }).pipeline_id));
    };
    expect(pipelines((await runImport(words, '', signIn(app))).stdout)).toEqual(new Set(['api', 'web']));
    const alone = await runImport(words);
    expect(pipelines(alone.stdout)).toEqual(new Set(['shop']));
    expect(alone.stderr).toContain('No scope rules are applied: no key is set');
  });
});

describe('the import of a clone', () => {
  let git: GitRepository;
  beforeEach(() => {
    git = new GitRepository();
    git.commit('main');
    git.tag('v0', git.tip('main'));
  });
  afterEach(() => git.remove());

  function branchOf(name: string, ...messages: string[]): string[] {
    git.move(name, git.tip('main'));
    return messages.map((message) => git.commit(name, { message }));
  }

  async function commits() {
    const rows = await app.dataSource.query<
      {
        commit_id: string;
        alias_of: string | null;
        committed: number;
        approved: number | null;
        landed: number | null;
      }[]
    >(`
      SELECT commit_id, alias_of, extract(epoch FROM committed_at)::int AS committed,
        extract(epoch FROM approved_at)::int AS approved, extract(epoch FROM landed_at)::int AS landed
      FROM devopstic.commits`);
    return new Map(rows.map(({ commit_id, ...row }) => [commit_id, row]));
  }

  it('makes one change of each pull request that was merged or squashed, as old as its first commit', async () => {
    const began = git.time + 600;
    const [f1, f2] = branchOf('feature', 'One', 'Two') as [string, string];
    const direct = git.commit('main');
    const merge = git.commit('main', { message: 'Merge pull request #7 from acme/feature\n\nTitle' }, f2);
    const merged_at = git.time;
    const squash = git.commit('main', { message: 'Add search (#8)\n\n* One (#3)\n* Two' });
    const squashed_at = git.time;
    const revert = git.commit('main', { message: 'Revert "Add search (#8)"' });
    git.tag('v1', revert);
    expect(await importGit(git.clone())).toMatchObject({ code: 0, outcome: { rejected: 0 } });
    expect((await carried()).get('v1')).toEqual(new Set([direct, merge, squash, revert]));
    const known = await commits();
    expect(known.get(merge)).toEqual({ alias_of: null, committed: began, approved: merged_at, landed: merged_at });
    for (const sha of [f1, f2])
      expect(known.get(sha)).toMatchObject({ alias_of: merge, approved: null, landed: merged_at });
    expect(known.get(squash)).toMatchObject({ alias_of: null, committed: squashed_at, approved: squashed_at });
    expect(known.get(direct)).toMatchObject({ alias_of: null, approved: null });
    expect(known.get(revert)).toMatchObject({ alias_of: null, approved: null });
  });

  it('leaves the commits of a merge without a pull request, and of a rebase, changes of their own', async () => {
    const [f1] = branchOf('feature', 'One (#5)') as [string];
    const merge = git.commit('main', { message: "Merge branch 'feature'" }, f1);
    const rebased = [git.commit('main', { message: 'Two' }), git.commit('main', { message: 'Three' })];
    git.tag('v1', git.tip('main'));
    await importGit(git.clone());
    expect((await carried()).get('v1')).toEqual(new Set([f1, merge, ...rebased]));
    // Merged into the branch, not into the default branch.
    expect((await commits()).get(f1)).toMatchObject({ alias_of: null, approved: null });
  });

  it('finds the pull requests of the default branch though somebody pulled before a push', async () => {
    const [mine] = branchOf('mine', 'Mine') as [string];
    const squash = git.commit('main', { message: 'Add search (#8)' });
    const merge = git.commit('mine', { message: "Merge branch 'main' of https://example.com/acme/shop" }, squash);
    git.move('main', merge);
    await importGit(git.clone());
    const known = await commits();
    expect(known.get(squash)).toMatchObject({ approved: expect.any(Number) });
    expect(known.get(mine)).toMatchObject({ landed: git.time });
  });

  it('takes the hotfix branches that only a tag leads to, which have not landed until they are merged', async () => {
    git.move('hotfix', git.tip('main'));
    const next = git.commit('main');
    const fix = git.commit('hotfix');
    git.tag('v0.0.1', fix, { time: git.time + 60 });
    git.git(['update-ref', '-d', 'refs/heads/hotfix']);
    git.tag('v1', next, { time: git.time + 120 });
    await importGit(git.clone());
    expect([...(await carried())].toSorted()).toEqual([
      ['v0', expect.any(Set)],
      ['v0.0.1', new Set([fix])],
      ['v1', new Set([next])],
    ]);
    expect((await commits()).get(fix)).toMatchObject({ landed: null });
    const back = git.commit('main', { message: 'Merge the hotfix' }, fix);
    await importGit(git.clone());
    expect((await commits()).get(fix)).toMatchObject({ landed: git.time });
    expect((await commits()).get(back)).toMatchObject({ landed: git.time });
  });

  it('dates an annotated tag by itself and a lightweight one by its commit, and takes only those that match', async () => {
    const made = git.time;
    const sha = git.commit('main');
    git.tag('v1.0', sha, { time: made + 7200 });
    git.tag('nightly', sha);
    git.git(['tag', 'file', git.git(['hash-object', '-w', '--stdin'], { input: 'no commit' })]);
    git.git(['tag', '--annotate', '--message', 'of a tag', 'v1.0-again', 'v1.0'], { time: made + 7300 });
    const deployments = async () => {
      const rows = await app.dataSource.query<{ deployment_id: string; commit_id: string; finished: number }[]>(
        `SELECT deployment_id, commit_id, extract(epoch FROM finished_at)::int AS finished FROM devopstic.deployments`,
      );
      return new Map(rows.map(({ deployment_id, ...row }) => [deployment_id, row]));
    };
    await importGit(git.clone(), '--tags', 'v1*');
    expect(await deployments()).toEqual(
      new Map([
        ['v1.0', { commit_id: sha, finished: made + 7200 }],
        ['v1.0-again', { commit_id: sha, finished: made + 7300 }],
      ]),
    );
    await importGit(git.clone(), '--tags', '/^v[0-9]$/');
    expect((await deployments()).get('v0')).toMatchObject({ finished: made });
    await importGit(git.clone());
    expect([...(await deployments()).keys()].toSorted()).toEqual(['nightly', 'v0', 'v1.0', 'v1.0-again']);
  });

  it('survives odd names and messages, and clocks that cannot be right', async () => {
    const odd = 'A "Quote", <b>\t\u{1F680} \\x00 %H';
    const named = git.commit('main', { author: odd, message: `\n\n${odd}\n%x00\ncommit ${'0'.repeat(40)}\n` });
    const before = git.time;
    const wrong = git.commit('main', { time: 3600, message: '' });
    git.time = before + 600;
    const after = git.commit('main');
    git.tag('v1', after);
    git.git(['config', 'log.showSignature', 'true']);
    git.git(['config', 'column.ui', 'always']);
    expect(await importGit(git.clone('--mirror'))).toMatchObject({ code: 0, outcome: { rejected: 0 } });
    expect((await carried()).get('v1')).toEqual(new Set([named, wrong, after]));
    expect((await commits()).get(wrong)).toMatchObject({ committed: before, landed: before });
    const [event] = await app.dataSource.query<{ author: string }[]>(
      'SELECT author FROM devopstic.events WHERE commit_id = $1',
      [named],
    );
    expect(event?.author).toBe(odd.replace('<b>', 'b'));
  });

  it('goes no further back than asked, by when commits landed', async () => {
    const [old] = branchOf('feature', 'Old') as [string];
    git.time += 86_400;
    const merge = git.commit('main', { message: 'Merge pull request #7 from acme/feature' }, old);
    git.tag('v1', merge);
    const since = new Date((git.time - 60) * 1000).toISOString();
    expect((await importGit(git.clone(), '--since', since)).outcome).toMatchObject({ new: 4 });
    expect([...(await commits()).keys()].toSorted()).toEqual([old, merge].toSorted());
    expect([...(await carried()).keys()]).toEqual(['v1']);
  });

  it('records everything once, however often it is run, and adds what came since', async () => {
    branchOf('feature', 'One', 'Two');
    git.commit('main', { message: 'Merge pull request #7 from acme/feature' }, git.tip('feature'));
    git.tag('v1', git.tip('main'));
    const clone = git.clone();
    const first = await importGit(clone);
    const rows = await dump(app.dataSource, 'shop');
    expect((await importGit(clone)).outcome).toMatchObject({ new: 0, known_before: first.outcome?.new });
    expect(await dump(app.dataSource, 'shop')).toEqual(rows);
    git.commit('main');
    expect((await importGit(git.clone())).outcome).toMatchObject({ new: 1, known_before: first.outcome?.new });
  });

  it('is refused with what to do where it cannot be right', async () => {
    git.commit('main');
    const told = async (...words: string[]) =>
      (await runImport(['git', ...words, '--pipeline', 'shop', '--environment', 'production', '--dry-run'])).stderr;
    const clone = git.clone();
    expect(await told(git.clone('--depth', '1'))).toContain('git fetch --unshallow --tags');
    expect(await told(clone, '--branch', 'nope')).toContain('There is no branch nope');
    expect(await told(clone, '--since', 'yesterday')).toContain('--since yesterday: give a date');
    expect(await told(clone, '--tags', '/(/')).toContain('--tags /(/: Invalid regular expression');
    expect(await told('/no/such/folder')).toContain("cannot change to '/no/such/folder'");
    expect(await told(clone, '--tags', 'w*')).toContain('No tag matches w*, so no deployments are sent');
    git.git(['update-ref', '-d', 'refs/heads/main']);
    git.git(['update-ref', '-d', 'refs/tags/v0']);
    expect(await told(git.clone())).toContain('The repository has no commits yet');
  });
});
