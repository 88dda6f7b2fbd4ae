import { startApp, type TestApp } from './support/app.js';
import { at, commit, deploy, STORY } from './support/list-story.js';
import { aPage } from './support/lists.js';
import { sendBatch } from './support/sending.js';

describe('the columns of deployments, incidents and pipelines', () => {
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

  const reviewed = {
    left_out: null,
    no_review: false,
    skewed: false,
    review_seconds: 1200,
    total_seconds: 2400,
    deployment_seconds: 1200,
    commit_to_deploy_seconds: 3000,
  };

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
      carried: [{ ...reviewed, commit_id: 'merged', bot: false }],
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
});
