import { startApp, type TestApp } from './support/app.js';
import { aPage } from './support/lists.js';
import { aKey, aUser, problemOf } from './support/people.js';
import { getScope, type InForce, putScope } from './support/scoping.js';

const NOTHING_SAID = {
  pipelines: [],
  environments: [],
  default_branches: [],
  monorepos: [],
  deployments: [],
  incident_labels: ['incident'],
  rework_branches: ['hotfix', 'hotfix/**', 'hotfix-*'],
  rework_labels: ['hotfix'],
  production_environments: null,
  bot_authors: null,
  teams: [],
};
const RULES = {
  pipelines: [{ match: 'Shop', pipeline_id: 'acme/shop' }],
  environments: [{ match: 'prod-*', environment: 'production' }],
  default_branches: [{ repository: 'acme/legacy-*', branch: 'develop' }],
  monorepos: [{ repository: 'acme/mono', pipelines: [{ pipeline_id: 'acme/api', paths: ['api/**'] }] }],
  deployments: [
    { source: 'github', event: 'workflow_run', name: 'Deploy *', environment: 'production' },
    { event: 'release', name: 'api-v*', environment: 'production', pipeline_id: 'acme/api' },
  ],
  incident_labels: ['outage'],
  rework_branches: [],
  rework_labels: ['urgent'],
  production_environments: '^prod',
  bot_authors: '-robot$',
  teams: [{ name: 'payments', pipelines: ['acme/pay-*'] }],
};

describe('the scope rules', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());
  beforeEach(() => putScope(app, RULES));

  const versions = async (query = {}) => aPage<InForce & Record<string, unknown>>(app, '/scope/versions', query);

  it('are none at first, in version 0', async () => {
    await app.dataSource.query('DELETE FROM devopstic.scope_versions');
    const fresh = await startApp({}, app.database);
    try {
      expect(await getScope(fresh)).toEqual({ version: 0, rules: NOTHING_SAID });
      expect(await putScope(fresh, {})).toEqual({ version: 0, rules: NOTHING_SAID });
    } finally {
      await fresh.close();
    }
  });

  it('are told as they were made, at once; a field left out is as if nobody had said anything', async () => {
    expect((await getScope(app)).rules).toEqual(RULES);
    const answered = await putScope(app, { teams: RULES.teams });
    expect(answered.rules).toEqual({ ...NOTHING_SAID, teams: RULES.teams });
    expect(await getScope(app)).toEqual(answered);
  });

  it('have versions, each kept with who made it and why, newest first', async () => {
    const { version } = await getScope(app);
    await putScope(app, {}, { note: 'a new beginning' });
    const key = await aKey(app, { name: 'terraform', scopes: ['admin'] });
    const answer = await app.request('PUT', '/scope', { token: key.secret, body: { rules: RULES } });
    expect(await answer.json()).toEqual({ version: version + 2, rules: RULES });
    const { items, next } = await versions({ limit: 2 });
    expect(items).toEqual([
      { version: version + 2, rules: RULES, note: null, created_by: 'terraform', created_at: expect.any(String) },
      {
        version: version + 1,
        rules: NOTHING_SAID,
        note: 'a new beginning',
        created_by: 'admin',
        created_at: expect.any(String),
      },
    ]);
    expect((await versions({ limit: 2, cursor: next ?? '' })).items[0]).toMatchObject({ version, rules: RULES });
  });

  it('that are in force already make no new version, whatever the order of the fields', async () => {
    const before = await getScope(app);
    const turned = Object.fromEntries(Object.entries(RULES).toReversed());
    expect(await putScope(app, turned, { note: 'again', version: 0 })).toEqual(before);
    expect((await versions()).items[0]).toMatchObject({ version: before.version, note: null });
  });

  it('are not lost where two change them at once: of those who read one version, one succeeds', async () => {
    const { version } = await getScope(app);
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        app.request('PUT', '/scope', { body: { version, rules: { teams: [{ name, pipelines: [] }] } } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    const refused = await problemOf(answers.find(({ status }) => status === 409)!);
    expect(refused.pointers).toEqual(['/version']);
    expect((await getScope(app)).version).toBe(version + 1);
  });

  it('are read as they were answered and given back: that is no change', async () => {
    const read = await getScope(app);
    expect(await (await app.request('PUT', '/scope', { body: read })).json()).toEqual(read);
  });

  it('are seen by another replica within seconds', async () => {
    const other = await startApp({}, app.database);
    try {
      await getScope(other);
      const { version } = await putScope(app, { incident_labels: ['fire'] });
      const deadline = Date.now() + 5_000;
      while ((await getScope(other)).version !== version && Date.now() < deadline) await pause(100);
      expect((await getScope(other)).rules).toMatchObject({ incident_labels: ['fire'] });
    } finally {
      await other.close();
    }
  });

  const WRONG: [string, unknown, string[]][] = [
    ['no rules', {}, ['/rules']],
    ['rules that are null', { rules: null }, ['/rules']],
    ['rules that are a list', { rules: [] }, ['/rules']],
    ['an unknown field', { rules: { team: [] } }, ['/rules/team']],
    ['an unknown field beside them', { rules: {}, author: 'me' }, ['/author']],
    [
      'an unknown field of a rule',
      { rules: { teams: [{ name: 'a', pipelines: [], paths: [] }] } },
      ['/rules/teams/0/paths'],
    ],
    ['a version that is none', { rules: {}, version: -1 }, ['/version']],
    ['a version that is null', { rules: {}, version: null }, ['/version']],
    ['an empty note', { rules: {}, note: '' }, ['/note']],
    ['an empty glob of a team', { rules: { teams: [{ name: 'a', pipelines: [''] }] } }, ['/rules/teams/0/pipelines']],
    ['a glob that is none', { rules: { teams: [{ name: 'a', pipelines: [1] }] } }, ['/rules/teams/0/pipelines']],
    ['an empty glob', { rules: { pipelines: [{ match: '', pipeline_id: 'a' }] } }, ['/rules/pipelines/0/match']],
    [
      'a source that is null',
      { rules: { pipelines: [{ source: null, match: 'a', pipeline_id: 'a' }] } },
      ['/rules/pipelines/0/source'],
    ],
    [
      'a long name',
      { rules: { environments: [{ match: 'a', environment: 'x'.repeat(101) }] } },
      ['/rules/environments/0/environment'],
    ],
    [
      'a rule with nothing',
      { rules: { default_branches: [{}] } },
      ['/rules/default_branches/0/repository', '/rules/default_branches/0/branch'],
    ],
    [
      'a rule without an environment',
      { rules: { deployments: [{ event: 'release' }] } },
      ['/rules/deployments/0/environment'],
    ],
    [
      'a repository without pipelines',
      { rules: { monorepos: [{ repository: 'a' }] } },
      ['/rules/monorepos/0/pipelines'],
    ],
    [
      'a repository with no pipeline',
      { rules: { monorepos: [{ repository: 'a', pipelines: [] }] } },
      ['/rules/monorepos/0/pipelines'],
    ],
    [
      'a repository with one pipeline twice',
      {
        rules: { monorepos: [{ repository: 'a', pipelines: [1, 2].map(() => ({ pipeline_id: 'b', paths: ['c'] })) }] },
      },
      ['/rules/monorepos/0/pipelines'],
    ],
    [
      'a repository with 101 pipelines',
      { rules: { monorepos: [{ repository: 'a', pipelines: many((i) => ({ pipeline_id: i, paths: ['c'] })) }] } },
      ['/rules/monorepos/0/pipelines'],
    ],
    [
      'a pipeline that is null',
      { rules: { monorepos: [{ repository: 'a', pipelines: [null] }] } },
      ['/rules/monorepos/0/pipelines'],
    ],
    [
      'a pipeline without paths',
      { rules: { monorepos: [{ repository: 'a', pipelines: [{ pipeline_id: 'b', paths: [] }] }] } },
      ['/rules/monorepos/0/pipelines/0/paths'],
    ],
    [
      '101 paths',
      { rules: { monorepos: [{ repository: 'a', pipelines: [{ pipeline_id: 'b', paths: many(String) }] }] } },
      ['/rules/monorepos/0/pipelines/0/paths'],
    ],
    [
      'a deployment of a pipeline that is null',
      { rules: { deployments: [{ event: 'release', environment: 'a', pipeline_id: null }] } },
      ['/rules/deployments/0/pipeline_id'],
    ],
    ['a rule that is none', { rules: { deployments: ['release'] } }, ['/rules/deployments']],
    ['a rule that is null', { rules: { deployments: [null] } }, ['/rules/deployments']],
    ['a list of lists', { rules: { deployments: [[]] } }, ['/rules/deployments']],
    ['rules that are no list', { rules: { deployments: {} } }, ['/rules/deployments']],
    ['rules of a kind that are null', { rules: { incident_labels: null } }, ['/rules/incident_labels']],
    ['a team without a name', { rules: { teams: [{ pipelines: [] }] } }, ['/rules/teams/0/name']],
    [
      'two teams of one name',
      { rules: { teams: ['a', 'b', 'a'].map((name) => ({ name, pipelines: [] })) } },
      ['/rules/teams'],
    ],
    ['1001 rules', { rules: { rework_branches: Array.from({ length: 1001 }, String) } }, ['/rules/rework_branches']],
    ['a wrong expression', { rules: { production_environments: '(' } }, ['/rules/production_environments']],
    ['one that JavaScript could read', { rules: { bot_authors: '(?<bot>x)' } }, ['/rules/bot_authors']],
    ['an empty expression', { rules: { bot_authors: '' } }, ['/rules/bot_authors']],
    [
      'a character that cannot be stored',
      { rules: { teams: [{ name: 'a\0', pipelines: [] }] } },
      ['/rules/teams/0/name'],
    ],
  ];

  it.each(WRONG)('are refused for %s, by the name of the field', async (_what, body, pointers) => {
    const before = await getScope(app);
    const problem = await problemOf(await app.request('PUT', '/scope', { body }));
    expect(problem).toMatchObject({ status: 400, pointers });
    expect(await getScope(app)).toEqual(before);
  });

  it.each(['nonsense', cursorOf(['a']), cursorOf([1.5]), cursorOf([null]), cursorOf([2 ** 31]), cursorOf([1, 2])])(
    'have no page of versions at the cursor %s',
    async (cursor) => {
      const problem = await problemOf(await app.request('GET', `/scope/versions?cursor=${cursor}`));
      expect(problem).toMatchObject({ status: 400, pointers: ['/cursor'] });
    },
  );

  it('are for readers to read and for admins to change; not for keys that are limited to pipelines', async () => {
    const [viewer, editor] = [(await aUser(app, 'viewer')).token, (await aUser(app, 'editor')).token];
    const limited = (await aKey(app, { scopes: ['metrics:read'], pipelines: ['acme/shop'] })).secret;
    const statusOf = async (token: string, method: string, path: string) =>
      (await app.request(method, path, { token, ...(method === 'PUT' ? { body: { rules: {} } } : {}) })).status;
    for (const [token, may] of [
      [viewer, 200],
      [editor, 200],
      [limited, 403],
    ] as const) {
      expect(await statusOf(token, 'GET', '/scope')).toBe(may);
      expect(await statusOf(token, 'PUT', '/scope')).toBe(403);
      expect(await statusOf(token, 'GET', '/scope/versions')).toBe(403);
    }
  });
});

function many<Item>(item: (name: string) => Item): Item[] {
  return Array.from({ length: 101 }, (_, i) => item(String(i)));
}

function cursorOf(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
