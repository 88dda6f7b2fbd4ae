import { startApp, type TestApp } from './support/app.js';
import { approve, commit, deploy, dora, submit, tell } from './support/telling.js';

const MARCH = { from: '2026-03-01', to: '2026-04-01' };

interface Summary {
  deployment_frequency: object;
  lead_time: { count: number; total: object; review: object; deployment: object; commit_to_deploy: object };
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const summary = (pipeline: string, query = {}) => dora<Summary>(app, 'summary', { pipeline, ...MARCH, ...query });
const equal = (seconds: number, count = 1) => ({ count, mean: seconds, median: seconds, p90: seconds });
const NOTHING = { count: 0, mean: null, median: null, p90: null };

describe('deployment frequency', () => {
  it('counts successful deployments by the fractional days of the range, and the days they were on', async () => {
    await tell(app, 'often', [
      ...['02 09', '02 10', '02 11', '03 09', '03 10', '05 09', '05 10'].map((time, index) =>
        deploy(`03-${time}:00`, `c${index}`),
      ),
      deploy('03-04 09:00', 'f', { status: 'failure' }),
      deploy('03-04 10:00', 'x', { status: 'canceled' }),
      deploy('03-04 11:00', 's', { environment: 'staging' }),
      deploy('03-05 12:00', 'end'),
    ]);
    const { deployment_frequency } = await summary('often', { from: '2026-03-02', to: '2026-03-05T12:00:00Z' });
    expect(deployment_frequency).toEqual({
      deployments: 8,
      successful: 7,
      failed: 1,
      per_day: 2,
      days_with_deployment: 3,
      level: 'elite',
      level_reason: null,
    });
  });
});

describe('lead time', () => {
  it('takes an unapproved change as approved when submitted, and leaves it out of review', async () => {
    await tell(app, 'unreviewed', [
      deploy('03-01 00:00', 'base'),
      commit('03-02 08:00', 'a'),
      submit('03-02 09:00', 'a'),
      approve('03-02 09:30', 'a'),
      commit('03-02 08:00', 'b'),
      submit('03-02 09:00', 'b'),
      deploy('03-02 10:00', 'a', { commits: ['b'] }),
    ]);
    const { lead_time } = await summary('unreviewed');
    expect(lead_time).toMatchObject({
      count: 2,
      total: equal(3600, 2),
      review: equal(1800),
      deployment: { count: 2, mean: 2700, median: 2700, p90: 3420 },
      commit_to_deploy: equal(7200, 2),
    });
  });

  it('clamps an approval into the time from submission to deployment', async () => {
    await tell(app, 'clamped', [
      commit('03-02 08:00', 'early'),
      approve('03-02 08:30', 'early'),
      submit('03-02 09:00', 'early'),
      deploy('03-02 10:00', 'early'),
      commit('03-03 08:00', 'late'),
      submit('03-03 09:00', 'late'),
      approve('03-03 11:00', 'late'),
      deploy('03-03 10:00', 'late'),
    ]);
    const { lead_time } = await summary('clamped');
    expect(lead_time).toMatchObject({
      total: equal(3600, 2),
      review: { count: 2, mean: 1800, median: 1800, p90: 3240 },
      deployment: { count: 2, mean: 1800, median: 1800, p90: 3240 },
    });
  });

  it('counts five minutes of clock skew as zero, and leaves out what was deployed longer before', async () => {
    await tell(app, 'skewed', [
      deploy('03-02 10:00', 'skew'),
      commit('03-02 10:05', 'skew'),
      deploy('03-03 10:00', 'wrong'),
      commit('03-03 10:06', 'wrong'),
    ]);
    expect((await summary('skewed')).lead_time).toMatchObject({
      count: 1,
      total: equal(0),
      commit_to_deploy: equal(0),
    });
  });

  it('leaves out history, unknown commits and, unless asked for, bots', async () => {
    const author = 'renovate[bot]';
    await tell(app, 'noisy', [
      commit('03-01 08:00', 'old'),
      commit('03-01 09:00', 'first', { parents: ['old'] }),
      deploy('03-01 10:00', 'first'),
      commit('03-02 08:00', 'bump', { author, parents: ['first'] }),
      deploy('03-02 10:00', 'bump', { commits: ['never heard of'] }),
    ]);
    expect((await summary('noisy')).lead_time).toMatchObject({ count: 1, commit_to_deploy: equal(3600) });
    expect((await summary('noisy', { bots: 'true' })).lead_time).toMatchObject({ count: 2, review: NOTHING });
  });

  it('counts a change in each of the environments asked for', async () => {
    await tell(app, 'staged', [
      commit('03-02 08:00', 'a'),
      deploy('03-02 09:00', 'a', { environment: 'staging' }),
      deploy('03-02 11:00', 'a'),
    ]);
    const { lead_time } = await summary('staged', { environment: ['staging', 'production'] });
    expect(lead_time.commit_to_deploy).toEqual({ count: 2, mean: 7200, median: 7200, p90: 10_080 });
  });
});
