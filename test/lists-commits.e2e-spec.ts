import { startApp, type TestApp } from './support/app.js';
import { at, STORY } from './support/list-story.js';
import { aPage } from './support/lists.js';
import { sendBatch } from './support/sending.js';

describe('the columns of commits and events', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    const { rejected, errors } = await sendBatch(app, STORY);
    expect([rejected, errors]).toEqual([0, []]);
  });
  afterAll(() => app.close());

  async function row(path: string, name: string, id: string): Promise<unknown> {
    const { items } = await aPage<Record<string, unknown>>(app, path);
    return items.find((item) => item[name] === id);
  }

  const counted = { left_out: null, no_review: false, skewed: false };
  const uncounted = {
    skewed: false,
    total_seconds: null,
    review_seconds: null,
    deployment_seconds: null,
    commit_to_deploy_seconds: null,
  };
  const reviewed = { review_seconds: 1200, total_seconds: 2400, deployment_seconds: 1200 };

  it('of a commit are its own, and where its change was first deployed', async () => {
    expect(await row('/commits', 'commit_id', 'merged')).toEqual({
      pipeline_id: 'shop',
      commit_id: 'merged',
      state: 'deployed',
      alias_of: null,
      committed_at: at(30),
      submitted_at: at(40),
      approved_at: at(60),
      landed_at: at(60),
      first_review_at: at(50),
      first_approval_at: at(50),
      parents: ['base'],
      pull_request_ids: [7],
      reverts: [],
      bot: false,
      rework: false,
      outside: false,
      url: null,
      deployments: [
        {
          ...counted,
          environment: 'staging',
          deployment_id: 's1',
          finished_at: at(65),
          total_seconds: 1500,
          review_seconds: 1200,
          deployment_seconds: 300,
          commit_to_deploy_seconds: 2100,
        },
        {
          ...counted,
          ...reviewed,
          environment: 'production',
          deployment_id: 'd2',
          finished_at: at(80),
          commit_to_deploy_seconds: 3000,
        },
      ],
    });
  });

  it('of one that is outside say so: it has landed nowhere', async () => {
    expect(await row('/commits', 'commit_id', 'elsewhere')).toMatchObject({
      outside: true,
      reverts: ['head'],
      landed_at: null,
      deployments: [],
    });
  });

  it('of an alias name the commit that stands for its change, whose deployments it shows', async () => {
    expect(await row('/commits', 'commit_id', 'head')).toMatchObject({
      alias_of: 'merged',
      state: 'deployed',
      pull_request_ids: [7],
      url: 'https://example.com/head',
      deployments: [{ deployment_id: 's1' }, { deployment_id: 'd2', commit_to_deploy_seconds: 3000 }],
    });
  });

  it.each([
    [
      'old',
      { state: 'deployed', deployments: [{ ...uncounted, left_out: 'before_baseline' }, { deployment_id: 'd1' }] },
    ],
    [
      'unheard-of',
      { committed_at: null, submitted_at: null, deployments: [{ ...uncounted, left_out: 'unknown_commit' }] },
    ],
    ['late', { deployments: [{ ...uncounted, left_out: 'negative_span' }] }],
    [
      'bumped',
      { bot: true, deployments: [{ no_review: true, left_out: null, review_seconds: 0, total_seconds: 600 }] },
    ],
    ['waiting', { state: 'committed', landed_at: at(181), submitted_at: at(180), deployments: [] }],
    ['asked', { state: 'submitted', committed_at: at(190), deployments: [] }],
    ['agreed', { state: 'approved', approved_at: at(200), landed_at: at(200), deployments: [] }],
  ])('of the commit %s say how far it has come and why it does not count', async (id, expected) => {
    const { deployments, ...rest } = expected as { deployments: object[] };
    const found = (await row('/commits', 'commit_id', id)) as { deployments: object[] };
    expect(found).toMatchObject(rest);
    for (const deployment of deployments) expect(found.deployments).toContainEqual(expect.objectContaining(deployment));
    if (deployments.length === 0) expect(found.deployments).toEqual([]);
  });

  it('of an event are those of POST /events', async () => {
    for (const event of STORY.slice(0, 12)) {
      const answer = await app.request('POST', '/events', { body: event });
      expect(answer.status).toBe(200);
      expect(await row('/events', 'id', event.id)).toEqual(await answer.json());
    }
  });
});
