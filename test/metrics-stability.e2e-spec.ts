import { startApp, type TestApp } from './support/app.js';
import { deploy, dora, opened, resolved, tell } from './support/telling.js';

interface Summary {
  time_to_restore: object;
  change_failure_rate: object;
  failed_deployment_recovery_time: object;
  rework_rate: object;
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const summary = (pipeline: string, query = {}) =>
  dora<Summary>(app, 'summary', { pipeline, from: '2026-03-02', to: '2026-03-03', ...query });
const hour = 3600;

describe('time to restore', () => {
  beforeAll(() =>
    tell(app, 'restored', [
      opened('03-01 22:00', 'at the beginning'),
      resolved('03-02 00:00', 'at the beginning'),
      opened('03-02 08:00', 'reopened'),
      resolved('03-02 09:00', 'reopened'),
      opened('03-02 10:00', 'reopened'),
      resolved('03-02 12:00', 'reopened'),
      opened('03-02 20:00', 'at the end'),
      resolved('03-03 00:00', 'at the end'),
      opened('03-02 21:00', 'open still'),
      opened('03-03 00:00', 'later'),
      opened('03-02 08:00', 'elsewhere', { environment: 'staging' }),
      opened('03-02 08:00', 'live', { environment: 'Live' }),
      resolved('03-02 09:00', 'live'),
    ]),
  );

  it('takes incidents by their resolution, from their first failure, and tells those open at the end', async () => {
    expect((await summary('restored')).time_to_restore).toEqual({
      count: 3,
      open: 2,
      mean: (7 / 3) * hour,
      median: 2 * hour,
      p90: 3.6 * hour,
      level: null,
      level_reason: 'small_sample',
      approximate: false,
    });
  });

  it('tells for each bucket what was open at its end', async () => {
    const query = { pipeline: 'restored', from: '2026-03-01', to: '2026-03-04' };
    const { items } = await dora<{ items: Summary[] }>(app, 'series', query);
    expect(items.map(({ time_to_restore }) => time_to_restore)).toMatchObject([
      { count: 0, open: 1, median: null },
      { count: 3, open: 2 },
      { count: 1, open: 2, median: 4 * hour },
    ]);
  });

  it('counts the incidents of the environments asked for', async () => {
    expect((await summary('restored', { environment: 'staging' })).time_to_restore).toMatchObject({
      count: 0,
      open: 1,
    });
  });
});

describe('change failure rate', () => {
  it('counts a deployment that failed for several reasons once', async () => {
    await tell(app, 'failing', [
      deploy('03-02 08:00', 'a'),
      deploy('03-02 09:00', 'b'),
      opened('03-02 09:10', 'i', { deployment_id: 'of b' }),
      opened('03-02 09:20', 'j'),
      deploy('03-02 10:00', 'a', { deployment_id: 'back to a', rollback: true }),
      deploy('03-02 11:00', 'c', { status: 'failure' }),
      deploy('03-02 12:00', 'c', { deployment_id: 'stopped', status: 'canceled' }),
      deploy('03-02 13:00', 'c', { deployment_id: 'running', status: 'in_progress' }),
    ]);
    expect((await summary('failing')).change_failure_rate).toEqual({
      deployments: 4,
      failed: 2,
      rate: 0.5,
      failed_by: { status: 1, incident: 1, rollback: 1 },
      level: null,
      level_reason: 'small_sample',
    });
  });
});

describe('failed deployment recovery time', () => {
  it('lasts until the last of what each reason asks for', async () => {
    await tell(app, 'recovering', [
      deploy('03-02 08:00', 'a', { status: 'failure' }),
      opened('03-02 08:10', 'i', { deployment_id: 'of a' }),
      resolved('03-02 11:00', 'i'),
      deploy('03-02 09:00', 'b'),
      deploy('03-02 10:00', 'c'),
      opened('03-02 10:05', 'j', { deployment_id: 'of c' }),
      resolved('03-02 10:15', 'j'),
      deploy('03-02 10:30', 'b', { deployment_id: 'back to b', rollback: true }),
      deploy('03-02 12:00', 'd'),
      opened('03-02 12:00', 'k', { deployment_id: 'of d' }),
    ]);
    expect((await summary('recovering')).failed_deployment_recovery_time).toEqual({
      count: 2,
      unrecovered: 1,
      mean: 1.75 * hour,
      median: 1.75 * hour,
      p90: 2.75 * hour,
      level: null,
      level_reason: 'small_sample',
      approximate: false,
    });
  });

  it('belongs to the range in which the deployment failed', async () => {
    await tell(app, 'overnight', [
      deploy('03-02 23:00', 'a', { status: 'failure' }),
      deploy('03-03 01:00', 'b'),
      deploy('03-03 02:00', 'c'),
      opened('03-03 01:30', 'early', { deployment_id: 'of c' }),
      resolved('03-03 01:45', 'early'),
    ]);
    const [first, second] = (
      await dora<{ items: Summary[] }>(app, 'series', { pipeline: 'overnight', from: '2026-03-02', to: '2026-03-04' })
    ).items;
    expect(first!.failed_deployment_recovery_time).toMatchObject({ count: 1, median: 2 * hour });
    expect(second!.failed_deployment_recovery_time).toMatchObject({ count: 1, median: 0 });
  });
});

describe('rework rate', () => {
  it('counts hotfixes and rollbacks, failed ones too', async () => {
    await tell(app, 'reworking', [
      deploy('03-02 08:00', 'a'),
      deploy('03-02 09:00', 'b'),
      deploy('03-02 10:00', 'a', { deployment_id: 'older code comes back' }),
      deploy('03-02 11:00', 'c', { rework: true, status: 'failure' }),
    ]);
    expect((await summary('reworking')).rework_rate).toEqual({ deployments: 4, rework: 2, rate: 0.5 });
  });
});
