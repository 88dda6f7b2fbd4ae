import { startApp, type TestApp } from './support/app.js';
import { aPage, anEvent, minute } from './support/lists.js';
import type { ModelEvent } from './support/model/event.js';
import { sendBatch } from './support/sending.js';

const at = minute;
const commit = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `commit-${id}`, type: 'commit', commit_id: id, timestamp: at(minutes), ...told });
const submit = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `submit-${id}`, type: 'submit', commit_id: id, timestamp: at(minutes), ...told });
const approve = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `approve-${id}`, type: 'approve', commit_id: id, timestamp: at(minutes), ...told });
const deploy = (id: string, commit_id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({ id: `${id}-${told.status ?? 'success'}`, deployment_id: id, commit_id, timestamp: at(minutes), ...told });
const incident = (id: string, minutes: number, told: Partial<ModelEvent> = {}): ModelEvent =>
  anEvent({
    id: `${id}-${told.status ?? 'failure'}`,
    type: 'incident_status_change',
    incident_id: id,
    timestamp: at(minutes),
    ...told,
  });

/** One of each thing that can become of a commit, a deployment and an incident. */
const STORY: ModelEvent[] = [
  commit('old', 0),
  commit('base', 10, { parents: ['old'] }),
  deploy('d1', 'base', 20),
  // A pull request merged as another commit, by way of staging.
  commit('head', 30, { url: 'https://example.com/head', author: 'ada' }),
  submit('head', 40, { pull_request_id: 7 }),
  approve('merged', 60, { pull_request_id: 7, parents: ['base'] }),
  deploy('s1', 'merged', 65, { environment: 'staging' }),
  deploy('d2', 'merged', 70, { status: 'in_progress', url: 'https://ci.example.com/d2' }),
  deploy('d2', 'merged', 80, { url: 'https://ci.example.com/d2' }),
  incident('i1', 90, { deployment_id: 'd2', url: 'https://status.example.com/i1' }),
  incident('i1', 100, { status: 'success' }),
  // Back to the older code, by a bot's commit beside it that nobody reviewed.
  deploy('d3', 'base', 110),
  commit('bumped', 120, { author: 'renovate[bot]' }),
  deploy('d4', 'bumped', 130, { rework: true, commits: ['unheard-of', 'late'] }),
  commit('late', 140),
  deploy('d5', 'bumped', 150, { status: 'canceled' }),
  deploy('d6', 'bumped', 160, { status: 'failure' }),
  deploy('d7', 'bumped', 170, { status: 'in_progress' }),
  incident('i2', 3000, { environment: 'staging' }),
  commit('waiting', 180, { landed_at: at(181), landed_head: 'waiting' }),
  submit('asked', 190),
  approve('agreed', 200),
];

describe('the columns', () => {
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
      parents: ['base'],
      pull_request_ids: [7],
      bot: false,
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

  it('of a deployment are its own, what it carried and what it caused', async () => {
    expect(await row('/deployments', 'deployment_id', 'd2')).toEqual({
      pipeline_id: 'shop',
      environment: 'production',
      deployment_id: 'd2',
      status: 'success',
      started_at: at(70),
      finished_at: at(80),
      commit_id: 'merged',
      commits: ['merged'],
      baseline: false,
      rollback: false,
      rework: false,
      failed_by: ['incident', 'rollback'],
      recovered_at: at(110),
      recovery_seconds: 1800,
      url: 'https://ci.example.com/d2',
      carried_count: 1,
      carried: [{ ...counted, ...reviewed, commit_id: 'merged', bot: false, commit_to_deploy_seconds: 3000 }],
      incidents: ['i1'],
    });
  });

  it.each([
    ['d1', { baseline: true, carried_count: 2, carried: [{ commit_id: 'base' }, { left_out: 'before_baseline' }] }],
    ['s1', { environment: 'staging', baseline: true, carried_count: 3 }],
    ['d3', { rollback: true, rework: true, carried_count: 0, carried: [], failed_by: [] }],
    ['d4', { rollback: false, rework: true, commits: ['bumped', 'late', 'unheard-of'], carried_count: 3 }],
    ['d5', { status: 'canceled', finished_at: at(150), failed_by: [], recovery_seconds: null }],
    ['d6', { status: 'failure', failed_by: ['status'], recovered_at: null, recovery_seconds: null }],
    ['d7', { status: 'in_progress', started_at: at(170), finished_at: null, carried: [] }],
  ])('of the deployment %s say what it was', async (id, expected) => {
    expect(await row('/deployments', 'deployment_id', id)).toMatchObject(expected);
  });

  it('of a deployment show at most 20 of what it carried, those that count first', async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      commit(`c${String(n).padStart(2, '0')}`, n, { pipeline_id: 'big' }),
    );
    const commits = ['unknown', ...many.map(({ commit_id }) => commit_id ?? '')];
    await sendBatch(app, [...many, deploy('all', 'c00', 60, { pipeline_id: 'big', commits })]);
    const { items } = await aPage<{ carried: object[] }>(app, '/deployments', { pipeline: 'big' });
    expect(items).toMatchObject([{ carried_count: 31 }]);
    expect(items[0]?.carried).toHaveLength(20);
    expect(items[0]?.carried).not.toContainEqual(expect.objectContaining({ commit_id: 'unknown' }));
  });

  it('of an incident say how long it took and what caused it', async () => {
    expect(await row('/incidents', 'incident_id', 'i1')).toEqual({
      pipeline_id: 'shop',
      incident_id: 'i1',
      environment: 'production',
      state: 'resolved',
      opened_at: at(90),
      resolved_at: at(100),
      duration_seconds: 600,
      blamed_deployment_id: 'd2',
      blamed_commit_id: null,
      cause_method: 'explicit',
      cause_environment: 'production',
      cause_deployment_id: 'd2',
      url: 'https://status.example.com/i1',
    });
    expect(await row('/incidents', 'incident_id', 'i2')).toMatchObject({
      environment: 'staging',
      state: 'open',
      resolved_at: null,
      duration_seconds: null,
      cause_method: 'none',
      cause_environment: null,
      cause_deployment_id: null,
    });
  });

  it('of a pipeline count what is known of it, by environment', async () => {
    const { items } = await aPage(app, '/pipelines', { pipeline: 'shop' });
    expect(items).toEqual([
      {
        pipeline_id: 'shop',
        events: STORY.length,
        first_event_at: at(0),
        last_event_at: at(3000),
        changes: 9,
        deployments: 8,
        incidents: 2,
        environments: [
          {
            environment: 'production',
            production: true,
            deployments: 7,
            incidents: 1,
            baseline_deployment_id: 'd1',
            baseline_finished_at: at(20),
          },
          {
            environment: 'staging',
            production: false,
            deployments: 1,
            incidents: 1,
            baseline_deployment_id: 's1',
            baseline_finished_at: at(65),
          },
        ],
      },
    ]);
  });

  it('of an event are those of POST /events', async () => {
    for (const event of STORY.slice(0, 12)) {
      const answer = await app.request('POST', '/events', { body: event });
      expect(answer.status).toBe(200);
      expect(await row('/events', 'id', event.id)).toEqual(await answer.json());
    }
  });
});
